package dev.ragindex.core;

import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;

/**
 * Stands for a version whose chunks are known and whose bytes are not: it came by an import. Its
 * fingerprints equal no others, so the next sync reads the document; the chunks that are then as
 * they were are kept.
 */
final class Unread {

  private static final Fingerprint UNKNOWN = Fingerprint.builder("unread/1").build();

  private Unread() {}

  static Indexed version(int characters, int chunks) {
    return new Indexed(null, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, characters, chunks);
  }

  static boolean is(Indexed indexed) {
    return indexed.bytes().equals(UNKNOWN);
  }
}
