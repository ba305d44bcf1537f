package dev.ragindex.store.lucene;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.jspecify.annotations.Nullable;

/**
 * The folder an index lives on, for work that may fail there.
 *
 * @param folder where the index is
 */
record Medium(Path folder) {

  <T extends @Nullable Object> T read(Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw failure("reading", e);
    }
  }

  IndexingException failure(String doing, Exception cause) {
    String what = "%s the index in %s failed".formatted(doing, folder);
    String advice =
        switch (cause) {
          case IndexFormatTooNewException e ->
              "it was written by a newer version of rag-index; use that version, or delete the"
                  + " folder and index again";
          case IndexFormatTooOldException e ->
              "it was written by an older version that this one cannot read; delete the folder and"
                  + " index again";
          case CorruptIndexException e ->
              "it is damaged or not an index; restore it, or delete the folder and index again";
          default -> "check disk space and permissions, then repeat";
        };
    return new IndexingException(
        Stage.STORE,
        IndexingException.Kind.INFRASTRUCTURE,
        "%s: %s (%s)".formatted(what, advice, cause),
        cause);
  }

  /** Work on the folder. */
  interface Work<T extends @Nullable Object> {
    T run() throws IOException;
  }
}
