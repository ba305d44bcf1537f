package dev.ragindex.store.lucene;

import dev.ragindex.api.VectorStore;
import dev.ragindex.tck.FailingMediumContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LuceneFailuresTest extends FailingMediumContract {

  @TempDir Path folder;

  @Override
  protected VectorStore open(Faults faults) {
    return LuceneStore.at(folder, "default", place -> FailingDirectory.open(place, faults));
  }
}
