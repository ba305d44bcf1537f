package dev.ragindex.core;

import dev.ragindex.api.Fingerprint;

/**
 * A new document with the bytes of one that was not listed yet. Once the listing has ended it is a
 * move or a copy; moves are paired in the order of the new keys.
 *
 * @param task the new document
 * @param bytes fingerprint of its content
 */
record MaybeMoved(Task task, Fingerprint bytes) implements Comparable<MaybeMoved> {

  @Override
  public int compareTo(MaybeMoved other) {
    return task.id().compareTo(other.task.id());
  }
}
