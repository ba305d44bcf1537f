package dev.ragindex.core;

import dev.ragindex.api.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Busy time of each stage, summed over threads. Thread-safe. */
final class StageTimes {

  private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);

  StageTimes() {
    for (Stage stage : Stage.values()) {
      nanos.put(stage, new LongAdder());
    }
  }

  <T> T in(Stage stage, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      add(stage, System.nanoTime() - start);
    }
  }

  void add(Stage stage, long elapsedNanos) {
    LongAdder adder = nanos.get(stage);
    if (adder != null) {
      adder.add(elapsedNanos);
    }
  }

  Map<Stage, Duration> durations() {
    Map<Stage, Duration> durations = new EnumMap<>(Stage.class);
    nanos.forEach((stage, adder) -> durations.put(stage, Duration.ofNanos(adder.sum())));
    return durations;
  }
}
