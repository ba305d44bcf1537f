package dev.ragindex.store.pgvector;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(ScratchPostgres.class)
class PlainWordsTest {

  private final PgVectorStore store;
  private final Sql sql;

  PlainWordsTest(DataSource database) {
    this.store = PgVectorStore.builder(database).collection("words").build();
    this.sql = new Sql(database);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "' .,;- ', ''",
    "Leave, 'leave:1 '",
    "'the Days, the days', 'the:1,3 days:2,4 '",
    "'it''s e-mail', 'it:1 s:2 e:3 mail:4 '",
    "'Ärger über Öl', 'ärger:1 über:2 öl:3 '",
    "'u\u0308ber', 'u\u0308ber:1 '",
    "'社内 rule', '社:1 内:2 rule:3 '",
    "'x86_64 v1.2', 'x86:1 64:2 v1:3 2:4 '",
    "'a\\b ''c'' :* & | !', 'a:1 b:2 c:3 '",
    "'😀 𝒳y', '𝒳y:1 '"
  })
  void words_are_runs_of_letters_and_digits(String text, String words) {
    assertThat(PlainWords.of(text)).hasToString(words);
  }

  static List<String> texts() {
    return List.of(
        "The days, the leave: 3 days!",
        "'quoted' \\ back:slash ' & | ! <-> a:*",
        "word ".repeat(300),
        numbered(20_000),
        numbered(200_000), // more than a tsvector holds
        "a" + "b".repeat(3_000) + " end",
        "社内規程 Müller Ärger");
  }

  private static String numbered(int words) {
    return IntStream.range(0, words).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void the_server_takes_them_in_binary_as_in_text(String text) {
    Mutation.Put put = put(id("a"), text);
    try (StoreWriter writer = store.writer()) {
      writer.commit(List.of(put));
      Mutation.Put copy = put(id("b"), text);
      StoredChunk copied = copy.chunks().getFirst().withVector(null); // the store has it
      writer.commit(List.of(new Mutation.Put(copy.state(), copy.layout(), List.of(copied))));
    }
    assertThat(sql.ask("SELECT count(DISTINCT words) FROM words_g1_chunks")).isEqualTo("1");
    assertThat(sql.ask("SELECT count(*) FROM words_g1_chunks")).isEqualTo("2");
  }

  @Test
  void a_word_is_found_however_it_is_written() {
    try (StoreWriter writer = store.writer()) {
      writer.commit(List.of(put(id("a"), "Days of LEAVE"), put(id("b"), "Nothing")));
    }
    SearchRequest request = SearchRequest.of("leave?").mode(SearchRequest.Mode.KEYWORD);
    assertThat(store.search(request, null))
        .extracting(SearchHit::text)
        .containsExactly("Days of LEAVE");
  }
}
