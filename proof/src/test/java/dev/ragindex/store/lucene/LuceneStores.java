package dev.ragindex.store.lucene;

import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;

/** Lets the proof put its own directories between a store and its files. */
public final class LuceneStores {

  private LuceneStores() {}

  /** The store in a folder, which opens its files through the given directories. */
  public static VectorStore at(Path folder, Opener opener) {
    return LuceneStore.at(folder, "default", opener::open);
  }

  /** Opens a folder as Lucene sees it. */
  public interface Opener {
    /** Opens a folder. */
    Directory open(Path folder) throws IOException;
  }
}
