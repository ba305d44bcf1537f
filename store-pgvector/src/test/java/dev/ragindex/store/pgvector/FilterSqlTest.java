package dev.ragindex.store.pgvector;

import static dev.ragindex.api.Filter.and;
import static dev.ragindex.api.Filter.anyOf;
import static dev.ragindex.api.Filter.eq;
import static dev.ragindex.api.Filter.exists;
import static dev.ragindex.api.Filter.gt;
import static dev.ragindex.api.Filter.in;
import static dev.ragindex.api.Filter.lt;
import static dev.ragindex.api.Filter.ne;
import static dev.ragindex.api.Filter.not;
import static dev.ragindex.api.Filter.or;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Filter;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ScratchPostgres.class)
class FilterSqlTest {

  private static final int DOCUMENTS = 300;
  private static final int FILTERS = 1_000;
  private static final int DEPTH = 3;

  private Connection connection;

  @BeforeEach
  void createTable(Connection connection) throws SQLException {
    this.connection = connection;
    execute("CREATE TABLE documents (id int PRIMARY KEY, metadata jsonb NOT NULL)");
  }

  @AfterEach
  void dropTable() throws SQLException {
    execute("DROP TABLE documents");
  }

  @Test
  void random_filters_accept_on_the_server_what_they_accept_in_java() throws SQLException {
    long seed = Long.getLong("test.seed", System.nanoTime());
    System.out.println("test.seed=" + seed);
    Samples samples = new Samples(new Random(seed));
    List<Metadata> documents =
        IntStream.range(0, DOCUMENTS).mapToObj(i -> samples.metadata()).toList();
    insert(documents);

    int telling = 0;
    for (int i = 0; i < FILTERS; i++) {
      Filter filter = samples.filter(DEPTH);
      List<Integer> wanted =
          IntStream.range(0, DOCUMENTS)
              .filter(id -> filter.test(documents.get(id)))
              .boxed()
              .toList();
      assertThat(matches(filter))
          .as("test.seed=%d, filter %d: %s", seed, i, filter)
          .isEqualTo(wanted);
      telling += wanted.isEmpty() || wanted.size() == DOCUMENTS ? 0 : 1;
    }
    assertThat(telling).as("filters that accept some and refuse some").isGreaterThan(FILTERS / 3);
  }

  @Test
  void every_value_comes_back_from_the_server_as_it_was() throws SQLException {
    long seed = Long.getLong("test.seed", System.nanoTime());
    System.out.println("test.seed=" + seed);
    Samples samples = new Samples(new Random(seed));
    List<Metadata> documents =
        IntStream.range(0, DOCUMENTS).mapToObj(i -> samples.metadata()).toList();
    insert(documents);

    List<Metadata> stored = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT metadata FROM documents ORDER BY id")) {
      while (rows.next()) {
        stored.add(MetadataJson.decode(rows.getString(1)));
      }
    }

    assertThat(stored).as("test.seed=%d", seed).isEqualTo(documents);
  }

  @Test
  void text_of_a_user_stays_out_of_the_sql() throws SQLException {
    insert(List.of(Metadata.EMPTY, Metadata.EMPTY.with("a", "b")));
    for (String attack :
        List.of(
            "' OR TRUE --",
            "\" OR TRUE --",
            "'; DROP TABLE documents; --",
            "\\'; DROP TABLE documents; --",
            "\"}'::jsonb OR TRUE --",
            "$$; DROP TABLE documents; $$",
            "') OR ('1'='1",
            "?",
            "{\"text\":\"b\"}",
            "{call pg_sleep(1)}",
            "%s")) {
      Filter filter =
          or(
              eq(attack, attack),
              lt(attack, attack),
              in(attack, attack),
              anyOf(attack, attack),
              exists(attack),
              gt(attack, 0L));

      assertThat(FilterSql.of(filter, "metadata").sql()).as(attack).doesNotContain("DROP", "TRUE");
      assertThat(matches(filter)).as(attack).isEmpty();
      assertThat(matches(not(filter))).as(attack).containsExactly(0, 1);
    }
  }

  @Test
  void parameters_take_their_places_among_those_of_a_statement() throws SQLException {
    insert(List.of(Metadata.EMPTY.with("n", 1), Metadata.EMPTY.with("n", 1)));
    SqlCondition condition =
        FilterSql.of(and(eq("n", 1L), lt("n", 2L), not(in("n", "x", "y"))), "d.metadata");
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT d.id FROM documents d WHERE d.id <> ? AND "
                + condition.sql()
                + " AND d.id < ?")) {
      statement.setInt(1, 0);
      int next = condition.bind(statement, 2);
      statement.setInt(next, 9);

      assertThat(ids(statement)).containsExactly(1);
    }
  }

  @Test
  void equality_and_membership_are_served_by_a_gin_index() throws SQLException {
    insert(List.of(Metadata.EMPTY.with("tags", List.of("a"))));
    execute("CREATE INDEX ON documents USING gin (metadata jsonb_path_ops)");
    execute("SET enable_seqscan = off");

    Filter list =
        new Filter.Compare("tags", Filter.Operator.EQ, new MetadataValue.Texts(List.of("a")));
    for (Filter filter : List.of(eq("k", "a"), in("k", "a", "b"), anyOf("tags", "a", "b"), list)) {
      assertThat(plan(filter)).as(filter.toString()).contains("Bitmap Index Scan");
    }
    assertThat(plan(ne("k", "a"))).contains("Seq Scan");
  }

  @Test
  void sql_of_a_filter_is_the_same_in_every_run() {
    Filter filter =
        and(
            eq("a", "x"),
            or(lt("b", 2L), not(exists("c"))),
            new Filter.In("d", Set.of(new MetadataValue.Whole(2), new MetadataValue.Flag(true))),
            Filter.ALL);

    SqlCondition condition = FilterSql.of(filter, "m");

    assertThat(condition.sql())
        .isEqualTo(
            "((m @> ?::jsonb)"
                + " AND (((m -> ?::text ->> 'whole')::bigint < ?)"
                + " OR ((m -> ?::text IS NOT NULL) IS NOT TRUE))"
                + " AND (m @> ANY (?::text[]::jsonb[])) AND TRUE)");
    assertThat(condition.parameters())
        .containsExactly(
            "{\"a\":{\"text\":\"x\"}}",
            "b",
            2L,
            "c",
            List.of("{\"d\":{\"flag\":true}}", "{\"d\":{\"whole\":2}}"));
  }

  private void insert(List<Metadata> documents) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO documents VALUES (?, ?::jsonb)")) {
      for (int id = 0; id < documents.size(); id++) {
        insert.setInt(1, id);
        insert.setString(2, MetadataJson.encode(documents.get(id)));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private List<Integer> matches(Filter filter) throws SQLException {
    SqlCondition condition = FilterSql.of(filter, "metadata");
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM documents WHERE " + condition.sql() + " ORDER BY id")) {
      condition.bind(select, 1);
      return ids(select);
    }
  }

  private String plan(Filter filter) throws SQLException {
    SqlCondition condition = FilterSql.of(filter, "metadata");
    try (PreparedStatement explain =
        connection.prepareStatement("EXPLAIN SELECT id FROM documents WHERE " + condition.sql())) {
      condition.bind(explain, 1);
      StringBuilder plan = new StringBuilder();
      try (ResultSet rows = explain.executeQuery()) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
      return plan.toString();
    }
  }

  private static List<Integer> ids(PreparedStatement select) throws SQLException {
    List<Integer> ids = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getInt(1));
      }
    }
    return ids;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
