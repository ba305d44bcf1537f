package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.RateLimits;
import dev.ragindex.api.RateLimits.Allowance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  private long now = Long.MAX_VALUE - 1_000; // the clock of nanoTime may overflow at any moment
  private final long start = now;
  private final Pace pace = new Pace(RateLimits.UNKNOWN, () -> now, time -> now += time.toNanos());

  @Test
  void without_limits_nobody_waits() throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      pace.await(1_000_000);
    }
    assertThat(now).isEqualTo(start);
  }

  @Test
  void no_minute_holds_more_requests_than_allowed() throws InterruptedException {
    pace.keepWithin(new RateLimits(allowance(100), null));
    List<Duration> sent = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      pace.await(1);
      sent.add(Duration.ofNanos(now - start));
    }
    for (int i = 0; i + 100 < sent.size(); i++) {
      assertThat(sent.get(i + 100).minus(sent.get(i)))
          .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
    }
  }

  @Test
  void tokens_are_spread_by_their_number() throws InterruptedException {
    pace.keepWithin(new RateLimits(null, allowance(60_000)));
    pace.await(5_000);
    assertThat(now).isEqualTo(start);
    pace.await(1);
    assertThat(Duration.ofNanos(now - start)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void everyone_is_held_back() throws InterruptedException {
    pace.holdBack(Duration.ofSeconds(7));
    pace.holdBack(Duration.ofSeconds(2));
    pace.await(1);
    assertThat(Duration.ofNanos(now - start)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void a_call_that_waits_is_held_back_by_what_others_learn() throws InterruptedException {
    List<Duration> slept = new ArrayList<>();
    Pace[] self = new Pace[1];
    self[0] =
        new Pace(
            RateLimits.UNKNOWN,
            () -> now,
            time -> {
              now += time.toNanos();
              if (slept.isEmpty()) {
                self[0].holdBack(Duration.ofSeconds(5));
              }
              slept.add(time);
            });
    self[0].holdBack(Duration.ofSeconds(1));
    self[0].await(1);
    assertThat(slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(5));
  }

  @Test
  void what_is_not_known_any_more_stays_as_it_was() throws InterruptedException {
    pace.keepWithin(new RateLimits(allowance(60), null));
    pace.keepWithin(RateLimits.UNKNOWN);
    pace.await(1);
    pace.await(1);
    assertThat(Duration.ofNanos(now - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void nothing_learned_goes_above_what_was_set_by_hand() throws InterruptedException {
    Pace own = new Pace(RateLimits.perMinute(6, 0), () -> now, time -> now += time.toNanos());
    own.keepWithin(new RateLimits(allowance(6_000), allowance(60_000)));
    own.await(1);
    own.await(1);
    assertThat(Duration.ofNanos(now - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
  }

  private static Allowance allowance(long perMinute) {
    return new Allowance(perMinute, perMinute, Duration.ZERO);
  }
}
