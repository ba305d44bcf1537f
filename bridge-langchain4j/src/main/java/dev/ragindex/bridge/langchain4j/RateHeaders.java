package dev.ragindex.bridge.langchain4j;

import dev.ragindex.api.RateLimits;
import dev.ragindex.api.RateLimits.Allowance;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer's headers say about rates: {@code Retry-After} (RFC 9110, seconds or a date),
 * {@code retry-after-ms}, and OpenAI's {@code
 * x-ratelimit-(limit|remaining|reset)-(requests|tokens)}. What is missing or cannot be read is not
 * known; headers never make an answer fail.
 *
 * @param headers of the answer
 */
record RateHeaders(HttpHeaders headers) {

  /** As OpenAI writes durations: {@code 6m0s}, {@code 1.5s}, {@code 120ms}. */
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:([\\d.]+)s)?(?:([\\d.]+)ms)?");

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

  /** How long the service asks to be left alone, or null if it does not say. */
  @Nullable Duration retryAfter(Instant now) {
    Duration milliseconds =
        read("retry-after-ms", value -> seconds(Double.parseDouble(value) / 1e3));
    return milliseconds != null
        ? milliseconds
        : read("Retry-After", value -> secondsOrDate(value, now));
  }

  /**
   * The limits it tells.
   *
   * @param before what holds for what it does not tell
   */
  RateLimits limits(RateLimits before) {
    Allowance requests = allowance("requests");
    Allowance tokens = allowance("tokens");
    return requests == null && tokens == null
        ? before
        : new RateLimits(
            requests == null ? before.requests() : requests,
            tokens == null ? before.tokens() : tokens);
  }

  private @Nullable Allowance allowance(String of) {
    Long limit = read("x-ratelimit-limit-" + of, Long::valueOf);
    Long remaining = read("x-ratelimit-remaining-" + of, Long::valueOf);
    Duration reset = read("x-ratelimit-reset-" + of, RateHeaders::duration);
    if (limit == null || limit < 1 || remaining == null || remaining < 0) {
      return null;
    }
    Duration untilFull = reset == null ? Duration.ZERO : reset;
    return new Allowance(perMinute(limit, limit - remaining, untilFull), remaining, untilFull);
  }

  /** Limits are per minute, unless filling up takes longer: then they are per day. */
  private static long perMinute(long limit, long used, Duration untilFull) {
    return untilFull.toMillis() <= MINUTE
        ? limit
        : Math.max(1, (long) ((double) used * MINUTE / untilFull.toMillis()));
  }

  private static Duration secondsOrDate(String value, Instant now) {
    if (Character.isDigit(value.charAt(0))) {
      return seconds(Double.parseDouble(value));
    }
    Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    return date.isBefore(now) ? Duration.ZERO : Duration.between(now, date);
  }

  private static Duration duration(String value) {
    Matcher parts = DURATION.matcher(value);
    if (!parts.matches()) {
      return seconds(Double.parseDouble(value));
    }
    return seconds(
        86_400 * part(parts, 1)
            + 3_600 * part(parts, 2)
            + 60 * part(parts, 3)
            + part(parts, 4)
            + part(parts, 5) / 1e3);
  }

  private static double part(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Double.parseDouble(digits);
  }

  private static Duration seconds(double seconds) {
    if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
      throw new DateTimeException("no sensible wait: " + seconds);
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private <T> @Nullable T read(String header, Function<String, T> reading) {
    String value = headers.firstValue(header).map(String::strip).orElse("");
    if (value.isEmpty()) {
      return null;
    }
    try {
      return reading.apply(value);
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }
}
