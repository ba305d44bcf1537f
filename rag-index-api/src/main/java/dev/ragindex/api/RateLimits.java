package dev.ragindex.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a service lets itself be asked, as it said in its last answer.
 *
 * @param requests calls, or null if it did not say
 * @param tokens tokens of all calls together, or null if it did not say
 */
public record RateLimits(@Nullable Allowance requests, @Nullable Allowance tokens) {

  /** Nothing is known: the service has not answered yet, has no limits, or does not tell. */
  public static final RateLimits UNKNOWN = new RateLimits(null, null);

  /**
   * Limits set by hand.
   *
   * @param requests most calls a minute, 0 for no limit
   * @param tokens most tokens a minute of all calls together, 0 for no limit
   * @return the limits
   * @throws IllegalArgumentException if one is negative
   */
  public static RateLimits perMinute(long requests, long tokens) {
    return new RateLimits(full(requests), full(tokens));
  }

  private static @Nullable Allowance full(long perMinute) {
    return perMinute == 0 ? null : new Allowance(perMinute, Math.max(0, perMinute), Duration.ZERO);
  }

  /**
   * One limit: a bucket that a service empties with each call and fills up steadily.
   *
   * @param perMinute how much flows in within a minute
   * @param remaining how much was left after the call that was answered
   * @param untilFull how long until it is full again if nothing is taken, counted from that answer
   */
  public record Allowance(long perMinute, long remaining, Duration untilFull) {
    /**
     * Checks the figures.
     *
     * @throws IllegalArgumentException if less than one a minute flows in, or another is negative
     */
    public Allowance {
      if (perMinute < 1 || remaining < 0 || untilFull.isNegative()) {
        throw new IllegalArgumentException(
            "%d a minute, %d left, full in %s".formatted(perMinute, remaining, untilFull));
      }
    }
  }
}
