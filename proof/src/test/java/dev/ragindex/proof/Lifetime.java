package dev.ragindex.proof;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * How many steps a process has to live. Each operation of store, embedder and source is two: one
 * before, one after. Once they are used up every further one throws, in every thread, so that
 * nothing the dying run still does can reach what it leaves behind. Thread-safe.
 */
final class Lifetime {

  private final int steps;
  private final Runnable death;
  private final AtomicInteger taken = new AtomicInteger();

  private Lifetime(int steps, Runnable death) {
    this.steps = steps;
    this.death = death;
  }

  static Lifetime unlimited() {
    return of(Integer.MAX_VALUE);
  }

  static Lifetime of(int steps) {
    return new Lifetime(
        steps,
        () -> {
          throw new Killed(steps);
        });
  }

  /** A life that ends this very JVM. */
  static Lifetime halting(int steps) {
    return new Lifetime(steps, () -> Runtime.getRuntime().halt(137));
  }

  /**
   * Takes one step.
   *
   * @throws Killed if there is none left
   */
  void step() {
    if (taken.incrementAndGet() > steps) {
      death.run();
    }
  }

  /** An operation: a step before, a step after. */
  <T> T around(Supplier<T> operation) {
    step();
    T result = operation.get();
    step();
    return result;
  }

  boolean over() {
    return taken.get() > steps;
  }

  int taken() {
    return taken.get();
  }
}
