package dev.ragindex.tck;

import dev.ragindex.api.VectorStore;

/** The contract holds for a plain store without defects. */
class PlainStoreTest extends VectorStoreContract {

  private final PlainStore store = new PlainStore(Defect.NONE);

  @Override
  protected VectorStore open() {
    return store;
  }
}
