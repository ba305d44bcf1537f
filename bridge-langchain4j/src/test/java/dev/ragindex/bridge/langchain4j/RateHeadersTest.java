package dev.ragindex.bridge.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.RateLimits;
import dev.ragindex.api.RateLimits.Allowance;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateHeadersTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | PT0S",
        "20 | PT20S",
        "1.5 | PT1.5S",
        "Sun, 01 Mar 2026 10:00:30 GMT | PT30S",
        "Sun, 01 Mar 2026 09:00:00 GMT | PT0S"
      })
  void reads_seconds_and_dates(String value, Duration wait) {
    assertThat(headers("Retry-After", value).retryAfter(NOW)).isEqualTo(wait);
  }

  @Test
  void milliseconds_are_more_exact_than_seconds() {
    assertThat(headers("Retry-After", "1", "Retry-After-Ms", "250").retryAfter(NOW))
        .isEqualTo(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "soon", "-1", "NaN", "1e99", "99999999999999999999", "1d;"})
  void takes_nonsense_for_nothing_said(String value) {
    assertThat(headers("Retry-After", value).retryAfter(NOW)).isNull();
    assertThat(headers("retry-after-ms", value).retryAfter(NOW)).isNull();
    assertThat(requests(value, "1", "1s").limits(RateLimits.UNKNOWN).requests()).isNull();
    assertThat(requests("10", value, "1s").limits(RateLimits.UNKNOWN).requests()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "20ms, PT0.02S",
    "1s, PT1S",
    "1.5s, PT1.5S",
    "1m0s, PT1M",
    "0s, PT0S",
    "59.7s, PT59.7S",
    "30, PT30S",
    "later, PT0S"
  })
  void reads_openais_durations(String reset, Duration untilFull) {
    assertThat(requests("10", "4", reset).limits(RateLimits.UNKNOWN))
        .isEqualTo(new RateLimits(new Allowance(10, 4, untilFull), null));
  }

  @Test
  void a_bucket_that_takes_longer_than_a_minute_to_fill_is_not_one_of_a_minute() {
    // 1,440 a day, one of them used
    assertThat(requests("1440", "1439", "1m0.5s").limits(RateLimits.UNKNOWN).requests())
        .isEqualTo(new Allowance(1, 1_439, Duration.ofMillis(60_500)));
    // 14,400 a day, half of them used
    assertThat(requests("14400", "7200", "12h0m0s").limits(RateLimits.UNKNOWN).requests())
        .isEqualTo(new Allowance(10, 7_200, Duration.ofHours(12)));
  }

  @Test
  void what_is_not_said_again_still_holds() {
    Allowance tokens = new Allowance(1_000_000, 5, Duration.ofSeconds(50));
    RateLimits before = new RateLimits(new Allowance(7, 7, Duration.ZERO), tokens);

    assertThat(headers("Content-Type", "x").limits(before)).isEqualTo(before);
    assertThat(requests("10", "4", "1s").limits(before))
        .isEqualTo(new RateLimits(new Allowance(10, 4, Duration.ofSeconds(1)), tokens));
  }

  private static RateHeaders requests(String limit, String remaining, String reset) {
    return headers(
        "x-ratelimit-limit-requests", limit,
        "X-RateLimit-Remaining-Requests", remaining,
        "x-ratelimit-reset-requests", reset);
  }

  private static RateHeaders headers(String... namesAndValues) {
    Map<String, List<String>> map = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return new RateHeaders(HttpHeaders.of(map, (name, value) -> true));
  }
}
