package dev.ragindex.benchmarks.tokens;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What JMH reports beside runs a second: millions of UTF-8 bytes a second. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Megabytes {

  /** Bytes counted so far, in millions. */
  public double megabytes;

  /** Made by JMH. */
  public Megabytes() {}
}
