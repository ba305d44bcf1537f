package dev.ragindex.core;

import dev.ragindex.api.RateLimits;
import dev.ragindex.api.RateLimits.Allowance;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Spreads calls evenly, so that no minute holds more requests or tokens than a service allows, and
 * keeps all of them back while it asks to be left alone. Thread-safe.
 *
 * <p>Each call takes the next free moment and moves it on by its own share of a minute (the generic
 * cell rate algorithm of ATM, without a burst). A limiter of fixed periods would let two periods'
 * worth through around a boundary.
 */
final class Pace {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanos;
  private final Sleeper sleeper;
  private final RateLimits own;
  private long requestsPerMinute;
  private long tokensPerMinute;
  private long nextRequest;
  private long nextTokens;
  private long quietUntil;

  /** Waits. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /**
   * Keeps time by the system's clock.
   *
   * @param own limits set by hand, above which nothing learned goes
   */
  static Pace within(RateLimits own) {
    return new Pace(own, System::nanoTime, Thread::sleep);
  }

  Pace(RateLimits own, LongSupplier nanos, Sleeper sleeper) {
    this.own = own;
    this.nanos = nanos;
    this.sleeper = sleeper;
    this.nextRequest = nanos.getAsLong();
    this.nextTokens = nextRequest;
    this.quietUntil = nextRequest;
    keepWithin(own);
  }

  /** Takes over what a service said; what it did not say stays as it was. */
  synchronized void keepWithin(RateLimits learned) {
    requestsPerMinute = perMinute(learned.requests(), own.requests(), requestsPerMinute);
    tokensPerMinute = perMinute(learned.tokens(), own.tokens(), tokensPerMinute);
  }

  private static long perMinute(@Nullable Allowance learned, @Nullable Allowance own, long before) {
    if (learned == null) {
      return before;
    }
    return own == null ? learned.perMinute() : Math.min(own.perMinute(), learned.perMinute());
  }

  /** Keeps every call back for a while. */
  synchronized void holdBack(Duration time) {
    quietUntil = later(quietUntil, nanos.getAsLong() + time.toNanos());
  }

  /**
   * Waits for a call's turn.
   *
   * @param tokens tokens of all its texts
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void await(long tokens) throws InterruptedException {
    long wait = reserve(tokens);
    while (wait > 0) {
      sleeper.sleep(Duration.ofNanos(wait));
      wait = quiet(); // the service may have asked for quiet since
    }
  }

  private synchronized long reserve(long tokens) {
    long now = nanos.getAsLong();
    long start = later(now, quietUntil);
    if (requestsPerMinute > 0) {
      start = later(start, nextRequest);
    }
    if (tokensPerMinute > 0) {
      start = later(start, nextTokens);
    }
    nextRequest = start + (requestsPerMinute > 0 ? MINUTE / requestsPerMinute + 1 : 0);
    nextTokens = start + (tokensPerMinute > 0 ? share(tokens) : 0);
    return start - now;
  }

  private long share(long tokens) {
    return (long) Math.ceil((double) MINUTE * tokens / tokensPerMinute);
  }

  private synchronized long quiet() {
    return quietUntil - nanos.getAsLong();
  }

  /** The clock may start anywhere and overflow. */
  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }
}
