package dev.ragindex.core;

import dev.ragindex.api.Fingerprint;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A pipeline taken apart, so that it can be told which stage is another than before.
 *
 * @param parser fingerprint of the parser's signature
 * @param documentEnrichers fingerprint of the document enrichers' signatures, all together
 * @param chunker fingerprint of the chunker's signature
 * @param chunkEnrichers fingerprint of the chunk enrichers' signatures, all together
 * @param embedder fingerprint of the embedder's signature
 */
record Chain(
    Fingerprint parser,
    Fingerprint documentEnrichers,
    Fingerprint chunker,
    Fingerprint chunkEnrichers,
    Fingerprint embedder) {

  private static final int PARTS = 5;

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Chain parse(String text) {
    List<Fingerprint> parts = Arrays.stream(text.split(" ")).map(Fingerprint::parse).toList();
    if (parts.size() != PARTS) {
      throw new IllegalArgumentException(
          "a chain has " + PARTS + " parts, this one " + parts.size());
    }
    return new Chain(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4));
  }

  /** The first stage that an earlier chain had otherwise. */
  Change.Reason changedFrom(Chain earlier) {
    if (!parser.equals(earlier.parser)) {
      return Change.Reason.PARSER;
    }
    if (!documentEnrichers.equals(earlier.documentEnrichers)) {
      return Change.Reason.DOCUMENT_ENRICHER;
    }
    if (!chunker.equals(earlier.chunker)) {
      return Change.Reason.CHUNKER;
    }
    return chunkEnrichers.equals(earlier.chunkEnrichers)
        ? Change.Reason.STAGE
        : Change.Reason.CHUNK_ENRICHER;
  }

  /** Returns the fingerprints in order, in hexadecimal, with spaces between. */
  @Override
  public String toString() {
    return List.of(parser, documentEnrichers, chunker, chunkEnrichers, embedder).stream()
        .map(Fingerprint::toString)
        .collect(Collectors.joining(" "));
  }
}
