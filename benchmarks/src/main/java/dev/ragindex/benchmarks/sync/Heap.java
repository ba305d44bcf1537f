package dev.ragindex.benchmarks.sync;

import java.lang.management.ManagementFactory;

/** What is on the heap. */
final class Heap {

  private Heap() {}

  /** Bytes of what is still in use, once the rest has been collected. */
  static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
