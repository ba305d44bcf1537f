package dev.ragindex.app;

import dev.ragindex.api.IndexingException;

/** The store could not be opened. Nothing was done yet. */
final class Unreachable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unreachable(IndexingException why) {
    super(why.getMessage(), why);
  }
}
