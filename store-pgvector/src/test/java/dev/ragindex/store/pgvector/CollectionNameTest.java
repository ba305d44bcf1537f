package dev.ragindex.store.pgvector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ScratchPostgres.class)
class CollectionNameTest {

  static Stream<String> names() {
    return Stream.of(
        "handbook",
        "Handbook",
        "HANDBOOK",
        "select",
        " a b ",
        "it's",
        "\"",
        "\"\"",
        "a\"; DROP TABLE victim; --",
        "a.b",
        "a?b",
        "$1",
        "{fn now()}",
        "a\\b",
        "a/* b",
        "line\nbreak",
        "Müller",
        "Mu\u0308ller",
        "社内規程",
        "😀",
        "😀".repeat(10),
        "x".repeat(40),
        "550e8400-e29b-41d4-a716-446655440000",
        "a_g1",
        "a_g1_chunks",
        "a_g1_g1");
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_name_makes_the_table_of_that_very_name(String name, Connection connection)
      throws SQLException {
    SqlIdentifier table = new CollectionName(name).part(9_999, "sixteen_letters_");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS victim (n int)");

      statement.execute("CREATE TABLE " + table + " (n int)");

      statement.execute("INSERT INTO " + table + " VALUES (1)");
      assertThat(tables(statement)).contains(name + "_g9999_sixteen_letters_", "victim");
    }
  }

  @Test
  void no_two_collections_share_a_table(Connection connection) throws SQLException {
    List<SqlIdentifier> wanted =
        names()
            .map(CollectionName::new)
            .flatMap(name -> Stream.of(1, 11).flatMap(g -> parts(name, g)))
            .toList();
    try (Statement statement = connection.createStatement()) {
      for (SqlIdentifier table : wanted) {
        statement.execute("CREATE TABLE " + table + " (n int)"); // fails if it is there already
      }
    }
  }

  private static Stream<SqlIdentifier> parts(CollectionName name, int generation) {
    return Stream.of("chunks", "g_chunks", "documents").map(part -> name.part(generation, part));
  }

  @Test
  void postgres_would_cut_a_name_of_64_bytes_which_is_why_it_is_refused(Connection connection)
      throws SQLException {
    String longest = "x".repeat(61) + "é";
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + new SqlIdentifier(longest) + " (n int)");
      statement.execute("CREATE TABLE \"y" + longest + "\" (n int)");

      assertThat(tables(statement)).contains(longest, "y" + "x".repeat(61));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SqlIdentifier("y" + longest))
        .withMessageContaining("1 to 63 bytes")
        .withMessageContaining("has 64");
  }

  @Test
  void a_collections_name_leaves_room_for_the_longest_suffix() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollectionName("x".repeat(41)))
        .withMessageContaining("1 to 40 bytes")
        .withMessageContaining("has 41");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollectionName("😀".repeat(10) + "x"))
        .withMessageContaining("has 41");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "a\0b", "\ud83d", "\ude00a"})
  void what_postgres_cannot_keep_or_nobody_can_read_is_refused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CollectionName(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Chunks", "chunks1", "_chunks", "seventeen_letters", "a\"b", "a\n"})
  void only_plain_words_name_a_part(String part) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollectionName("a").part(1, part))
        .withMessageContaining("no generation 1 of");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 10_000})
  void generations_start_at_1_and_stay_within_their_digits(int generation) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollectionName("a").part(generation, "chunks"));
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }
}
