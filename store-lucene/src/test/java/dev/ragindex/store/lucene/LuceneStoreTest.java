package dev.ragindex.store.lucene;

import dev.ragindex.api.VectorStore;
import dev.ragindex.tck.VectorStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LuceneStoreTest extends VectorStoreContract {

  @TempDir Path folder;

  @Override
  protected VectorStore open() {
    return LuceneStore.at(folder);
  }
}
