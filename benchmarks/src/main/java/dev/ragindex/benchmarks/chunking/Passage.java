package dev.ragindex.benchmarks.chunking;

/**
 * A chunk of a corpus.
 *
 * @param corpus the corpus
 * @param span where it stands
 * @param sent the text to embed
 */
record Passage(String corpus, Span span, String sent) {}
