package dev.ragindex.benchmarks.chunking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A range of characters in a corpus, the end not included. */
record Span(int start, int end) {

  Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("a span of " + start + ".." + end);
    }
  }

  int length() {
    return end - start;
  }

  /** Whether the spans have a character in common, or stand side by side. */
  boolean touches(Span other) {
    return start <= other.end && other.start <= end;
  }

  /** Lengths of all spans added up, whether they overlap or not. */
  static int total(List<Span> spans) {
    return spans.stream().mapToInt(Span::length).sum();
  }

  /** The parts that each of some spans shares with each of others; they may overlap. */
  static List<Span> common(List<Span> some, List<Span> others) {
    return some.stream()
        .flatMap(one -> others.stream().filter(one::touches).map(one::common))
        .toList();
  }

  /** The same characters as spans in order that neither overlap nor touch. */
  static List<Span> union(List<Span> spans) {
    List<Span> union = new ArrayList<>();
    for (Span span : spans.stream().sorted(Comparator.comparingInt(Span::start)).toList()) {
      if (!union.isEmpty() && union.getLast().touches(span)) {
        Span last = union.removeLast();
        union.add(new Span(last.start, Math.max(last.end, span.end)));
      } else {
        union.add(span);
      }
    }
    return union;
  }

  private Span common(Span other) {
    return new Span(Math.max(start, other.start), Math.min(end, other.end));
  }
}
