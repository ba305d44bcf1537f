package dev.ragindex.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;

/** Opens a folder as Lucene sees it; tests put their own between. */
interface DirectoryOpener {

  Directory open(Path folder) throws IOException;
}
