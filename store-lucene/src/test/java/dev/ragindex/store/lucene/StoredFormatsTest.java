package dev.ragindex.store.lucene;

import static dev.ragindex.store.lucene.FormatFixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every format that was ever released is opened by this version, {@code src/test/resources/formats}
 * holds an index of each, named by its number. For a new format, add one with
 *
 * <pre>./mvnw -pl store-lucene -am test -Dtest=StoredFormatsTest -Dragindex.write-format=true
 * -Dsurefire.failIfNoSpecifiedTests=false</pre>
 *
 * and never touch it again.
 */
class StoredFormatsTest {

  private static final Path FORMATS = Path.of("src/test/resources/formats");

  @TempDir Path folder;

  static List<Path> formats() throws IOException {
    if (Boolean.getBoolean("ragindex.write-format")) {
      FormatFixture.pack(FORMATS.resolve(CommitData.FORMAT + ".zip"));
    }
    try (Stream<Path> zips = Files.list(FORMATS)) {
      return zips.sorted().toList();
    }
  }

  @Test
  void the_present_format_is_among_them() {
    assertThat(FORMATS.resolve(CommitData.FORMAT + ".zip")).exists();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void an_index_of_it_is_read_as_it_was_written(Path format) throws IOException {
    FormatFixture.unpack(format, folder);

    try (VectorStore store = LuceneStore.at(folder);
        Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.settings()).isEqualTo(FormatFixture.SETTINGS);
      assertThat(snapshot.revision()).isEqualTo(3);
      assertThat(states(snapshot)).hasSize(FormatFixture.documents().size());
      for (Mutation.Put put : FormatFixture.documents()) {
        assertHolds(snapshot, put);
      }
      assertThat(store.check()).isEmpty();
    }
  }

  private static List<Object> states(Snapshot snapshot) {
    List<Object> states = new ArrayList<>();
    snapshot.sources().forEach(source -> snapshot.states(source).forEach(states::add));
    return states;
  }

  private static void assertHolds(Snapshot snapshot, Mutation.Put put) {
    assertThat(snapshot.state(put.state().id())).isEqualTo(put.state());
    assertThat(snapshot.layout(put.state().id())).isEqualTo(put.layout());
    assertThat(snapshot.chunks(put.state().id())).isEqualTo(put.chunks());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void an_index_of_it_is_searched_written_and_compacted(Path format) throws IOException {
    FormatFixture.unpack(format, folder);

    try (VectorStore store = LuceneStore.at(folder)) {
      float[] query = FormatFixture.vector("An old version.");
      List<SearchHit> hits = store.search(SearchRequest.of("version").top(1), query);
      assertThat(hits).extracting(SearchHit::text).containsExactly("An old version.");
      SearchRequest words = SearchRequest.of("second").mode(SearchRequest.Mode.KEYWORD);
      assertThat(store.search(words, null))
          .extracting(SearchHit::document)
          .containsExactly(id("docs", "a/ä.md"));

      try (StoreWriter writer = store.writer()) {
        writer.commit(List.of(new Mutation.Remove(id("docs", "a/ä.md"))));
      }
      store.compact();

      assertThat(store.check()).isEmpty();
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.counts()).isEqualTo(new Snapshot.Counts(4, 2));
        assertHolds(snapshot, FormatFixture.documents().get(2));
      }
    }
  }
}
