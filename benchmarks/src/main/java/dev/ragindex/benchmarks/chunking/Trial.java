package dev.ragindex.benchmarks.chunking;

/** A variant and what it reached. */
record Trial(Variant variant, Retrieval.Result result) {

  /** For tables that compare. */
  String title() {
    return variant.strategy() + " " + variant.packing() + " " + variant.limits().maxTokens();
  }
}
