package dev.ragindex.benchmarks.pgvector;

import com.zaxxer.hikari.HikariDataSource;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How long a corpus takes to get into empty tables, by our store and by others. They take turns,
 * round after round, so that other work on the machine slows all of them; one round more warms up.
 *
 * @param ours our store
 * @param corpus what is loaded
 */
record LoadFigures(OurStore ours, Corpus corpus) {

  private static final int ROUNDS = 5;
  private static final int FAR_ROUNDS = 3;
  private static final long MILLISECOND = 1_000_000;

  private record Competitor(String name, String near, String far, Loader loader) {}

  /** Seconds of a round, of ours and of each competitor. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Round(double ours, double[] others) {}

  List<Row> rows() throws SQLException, IOException {
    List<Row> rows = new ArrayList<>();
    PGSimpleDataSource away = copy(ours.database());
    try (HikariDataSource pool = pool(ours.database());
        DistantServer distant = DistantServer.of(away, MILLISECOND)) {
      rows.addAll(rows("bulk load, no index: ", pool, true, ROUNDS));
      distant.connect(away);
      try (HikariDataSource farPool = pool(away)) {
        rows.addAll(rows("the same, 1 ms round trip: ", farPool, false, FAR_ROUNDS));
      }
    }
    return rows;
  }

  private static PGSimpleDataSource copy(PGSimpleDataSource database) {
    PGSimpleDataSource copy = new PGSimpleDataSource();
    copy.setUrl(database.getURL());
    copy.setUser(database.getUser());
    copy.setPassword(database.getPassword());
    return copy;
  }

  /** Connections that are kept, as applications have them. */
  static HikariDataSource pool(PGSimpleDataSource database) {
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(database);
    pool.setMaximumPoolSize(2);
    return pool;
  }

  private List<Row> rows(String what, HikariDataSource pool, boolean near, int rounds)
      throws SQLException {
    List<Competitor> competitors =
        List.of(
            new Competitor("COPY → temp → upsert", "≥ 0.8×", "", new CopyAndUpsert(pool)),
            new Competitor("the same into our columns", "", "", new CopyOurColumns(pool)),
            new Competitor("row by row", "≥ 2×", "≥ 40×", new RowByRow(pool)),
            new Competitor("LangChain4j", "≥ 3×", "", new LangChain4jStore(pool)));
    List<List<Mutation>> batches = corpus.batches();
    List<Round> taken = new ArrayList<>();
    for (int round = near ? -1 : 0; round < rounds; round++) {
      Round seconds = round(pool, competitors, batches);
      if (round >= 0) {
        taken.add(seconds);
      }
    }
    List<Row> rows = new ArrayList<>();
    double[] mine = taken.stream().mapToDouble(Round::ours).toArray();
    for (int i = 0; i < competitors.size(); i++) {
      int column = i;
      Competitor competitor = competitors.get(i);
      double[] theirs = taken.stream().mapToDouble(round -> round.others()[column]).toArray();
      rows.add(
          new Row(
              what + competitor.name(),
              near ? competitor.near() : competitor.far(),
              String.format(
                  Locale.ROOT,
                  "%s: %.2f s, ours %.2f s",
                  Row.ratio(theirs, mine),
                  Row.median(theirs),
                  Row.median(mine))));
    }
    return rows;
  }

  private Round round(
      HikariDataSource pool, List<Competitor> competitors, List<List<Mutation>> batches)
      throws SQLException {
    double mine = ours(pool, batches);
    double[] others = new double[competitors.size()];
    for (int i = 0; i < others.length; i++) {
      others[i] = seconds(competitors.get(i).loader(), batches);
    }
    return new Round(mine, others);
  }

  /** Into tables that are there already, as with the others. */
  private double ours(HikariDataSource pool, List<List<Mutation>> batches) throws SQLException {
    ours.drop();
    ours.open().writer().close();
    try (StoreWriter writer = ours.over(pool).writer()) {
      long start = System.nanoTime();
      batches.forEach(writer::commit);
      double seconds = (System.nanoTime() - start) / 1e9;
      writer.commit(corpus.removals()); // so that no index is built in the end
      return seconds;
    }
  }

  /** Seconds that a loader takes for everything. */
  static double seconds(Loader loader, List<List<Mutation>> batches) throws SQLException {
    loader.create();
    return reload(loader, batches);
  }

  /** Seconds that a loader takes to write everything into its table as it is. */
  static double reload(Loader loader, List<List<Mutation>> batches) throws SQLException {
    long start = System.nanoTime();
    for (List<Mutation> batch : batches) {
      loader.load(chunks(batch));
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static List<StoredChunk> chunks(List<Mutation> batch) {
    List<StoredChunk> chunks = new ArrayList<>();
    for (Mutation mutation : batch) {
      if (mutation instanceof Mutation.Put put) {
        chunks.addAll(put.chunks());
      }
    }
    return chunks;
  }
}
