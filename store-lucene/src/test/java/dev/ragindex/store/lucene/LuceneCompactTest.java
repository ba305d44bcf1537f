package dev.ragindex.store.lucene;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.vector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the bytes of deleted documents are: looked for in the files themselves. */
class LuceneCompactTest {

  /** Nothing in them repeats, so that they survive Lucene's compression as they are. */
  private static final String KEY = "kxqwzvbnm7";

  private static final String TITLE = "tjhgfpoiu8";
  private static final String TEXT = "wrzmlkaye9";

  @TempDir Path folder;

  /** Lucene drops a segment in which much is deleted; one document in 100 it leaves for long. */
  @Test
  void deleted_bytes_stay_until_compacted_and_are_gone_afterwards() throws IOException {
    try (VectorStore store = LuceneStore.at(folder)) {
      List<Mutation> batch = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        batch.add(put(id("d" + i), "stays " + i));
      }
      batch.add(put(id(KEY), Metadata.EMPTY.with("title", TITLE), TEXT));
      commit(store, batch);
      assertThat(found()).as("written").containsExactly(true, true, true, true);
      commit(store, List.of(new Mutation.Remove(id(KEY))));
      assertThat(found()).as("deleted").containsExactly(true, true, true, true);

      store.compact();

      assertThat(found()).as("compacted").containsExactly(false, false, false, false);
      assertThat(holds(vectorBytes("stays 7"))).isTrue();
      assertThat(store.check()).isEmpty();
    }
  }

  @Test
  void replaced_text_is_gone_afterwards_too() throws IOException {
    try (VectorStore store = LuceneStore.at(folder)) {
      for (String text : List.of(TEXT, "other")) {
        commit(store, List.of(put(id("a"), text), put(id("b"), "b")));
      }

      store.compact();

      assertThat(holds(TEXT.getBytes(StandardCharsets.UTF_8))).isFalse();
      assertThat(holds(vectorBytes(TEXT))).isFalse();
    }
  }

  @Test
  void nothing_is_created_where_nothing_was_written() {
    try (VectorStore store = LuceneStore.at(folder.resolve("index"))) {
      store.compact();
    }

    assertThat(folder).isEmptyDirectory();
  }

  private static void commit(VectorStore store, List<Mutation> batch) {
    try (StoreWriter writer = store.writer()) {
      writer.commit(batch);
    }
  }

  private List<Boolean> found() throws IOException {
    return List.of(
        holds(KEY.getBytes(StandardCharsets.UTF_8)),
        holds(TITLE.getBytes(StandardCharsets.UTF_8)),
        holds(TEXT.getBytes(StandardCharsets.UTF_8)),
        holds(vectorBytes(TEXT)));
  }

  private static byte[] vectorBytes(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : vector(text)) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  /** Whether any file of the index has these bytes in a row. */
  private boolean holds(byte[] wanted) throws IOException {
    String needle = new String(wanted, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(needle)) {
          return true;
        }
      }
      return false;
    }
  }
}
