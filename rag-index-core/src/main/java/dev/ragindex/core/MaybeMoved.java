package dev.ragindex.core;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.SourceDocument;

/**
 * A new document with the bytes of one that was not listed yet. Once the listing has ended it is a
 * move or a copy; moves are paired in the order of the new keys.
 *
 * @param listed the new document
 * @param bytes fingerprint of its content
 */
record MaybeMoved(SourceDocument listed, Fingerprint bytes) implements Comparable<MaybeMoved> {

  @Override
  public int compareTo(MaybeMoved other) {
    return listed.id().compareTo(other.listed.id());
  }
}
