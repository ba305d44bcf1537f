package dev.ragindex.benchmarks.pgvector;

import dev.ragindex.api.Mutation;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncReport;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.parsers.TikaParser;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Prints the figures of the store in PostgreSQL as a Markdown table: {@code PgvectorFigures
 * JDBC_URL [CHUNKS]}. Works in the schema {@code rag_index_figures} of that database, which it
 * drops before and after.
 */
public final class PgvectorFigures {

  private static final String SCHEMA = "rag_index_figures";
  private static final int ROUNDS = 5;
  private static final int TOKENS_IN_CHUNK = 120;
  private static final long MILLISECOND = 1_000_000;

  private final PrintStream out;
  private final PGSimpleDataSource database;
  private final String url;
  private final Corpus corpus;

  private PgvectorFigures(PrintStream out, String url, int chunks) {
    this.out = out;
    this.url = url;
    this.database = connectTo(url);
    this.corpus = new Corpus(chunks / Corpus.CHUNKS);
  }

  /**
   * Prints the table.
   *
   * @param args the database's URL with user and password, number of chunks
   * @throws SQLException if the database fails
   * @throws IOException if the loopback interface fails
   */
  public static void main(String[] args) throws SQLException, IOException {
    int chunks = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
    new PgvectorFigures(System.out, args[0], chunks).print();
  }

  private static PGSimpleDataSource connectTo(String url) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url);
    // pgvector's types may lie in public
    database.setCurrentSchema(SCHEMA + ",public");
    return database;
  }

  private void print() throws SQLException, IOException {
    out.printf("| %,d chunks of %d floats | goal | here |%n", corpus.chunks(), Corpus.DIMENSION);
    out.println("|---|---|---|");
    ours(database).drop();
    try {
      bulkLoad();
      deferredIndex();
      changes();
      new SearchFigures(ours(database).open(), corpus).rows().forEach(this::row);
      syncs();
    } finally {
      PlainTable.execute(database, "DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
    }
  }

  private static OurStore ours(PGSimpleDataSource database) {
    return new OurStore(database, SCHEMA);
  }

  private void row(SearchFigures.Row row) {
    row(row.figure(), row.goal(), row.here());
  }

  private void row(String figure, String goal, String here) {
    out.println("| " + figure + " | " + goal + " | " + here + " |");
  }

  /** In turn, round after round, so that other work on the machine slows all of them. */
  private void bulkLoad() throws SQLException, IOException {
    double[][] near = load(database, corpus, ROUNDS);
    double ours = median(near[0]);
    row(
        "bulk load, no index",
        "≥ 0.8× COPY → temp → upsert; ≥ 2× row by row; ≥ 3× LangChain4j",
        String.format(
            Locale.ROOT,
            "%.2f s: %.2f× COPY (%.2f s), %.1f× row by row (%.2f s), %.1f× LangChain4j (%.2f s)",
            ours,
            ratio(near[1], near[0]),
            median(near[1]),
            ratio(near[2], near[0]),
            median(near[2]),
            ratio(near[3], near[0]),
            median(near[3])));
    PGSimpleDataSource away = connectTo(url);
    try (DistantServer distant = DistantServer.of(away, MILLISECOND)) {
      distant.connect(away);
      double[][] far = load(away, corpus, 1);
      row(
          "the same, 1 ms round trip",
          "≥ 40× row by row",
          String.format(
              Locale.ROOT,
              "%.2f s: %.2f× COPY (%.2f s), %.1f× row by row (%.2f s), %.1f× LangChain4j (%.2f s)",
              far[0][0],
              far[1][0] / far[0][0],
              far[1][0],
              far[2][0] / far[0][0],
              far[2][0],
              far[3][0] / far[0][0],
              far[3][0]));
    }
  }

  /** Seconds of each round by ours, COPY, row by row, LangChain4j; one round more to warm up. */
  private static double[][] load(PGSimpleDataSource database, Corpus corpus, int rounds)
      throws SQLException {
    List<List<Mutation>> batches = corpus.batches();
    List<Loader> others =
        List.of(
            new CopyAndUpsert(database), new RowByRow(database), new LangChain4jStore(database));
    double[][] seconds = new double[others.size() + 1][rounds];
    for (int round = rounds == 1 ? 0 : -1; round < rounds; round++) {
      ours(database).drop();
      double[] taken = new double[seconds.length];
      taken[0] = ours(database).write(batches).batches();
      for (int i = 0; i < others.size(); i++) {
        taken[i + 1] = seconds(others.get(i), batches);
      }
      for (int i = 0; i < taken.length && round >= 0; i++) {
        seconds[i][round] = taken[i];
      }
    }
    return seconds;
  }

  private static double seconds(Loader loader, List<List<Mutation>> batches) throws SQLException {
    loader.create();
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

  private void deferredIndex() throws SQLException {
    OurStore store = ours(database);
    store.drop();
    OurStore.Seconds deferred = store.write(corpus.batches());
    store.write(List.of(corpus.removals()));
    store.open().compact();
    OurStore.Seconds into = store.write(corpus.batches());
    row(
        "load with deferred index",
        "≥ 2.5× faster than into an existing HNSW index",
        String.format(
            Locale.ROOT,
            "%.1f s + %.1f s against %.1f s: %.1f×",
            deferred.batches(),
            deferred.end(),
            into.all(),
            into.all() / deferred.all()));
  }

  /** On the store as the figure before left it, indexes and all. */
  private void changes() throws SQLException {
    OurStore store = ours(database);
    List<Mutation> edits =
        IntStream.range(0, corpus.documents())
            .filter(document -> document % 100 == 0)
            .<Mutation>mapToObj(document -> Corpus.edit(document, 1))
            .toList();
    long before = store.rowsWritten("chunks");
    double taken = store.write(List.of(edits)).all();
    long written = store.rowsWritten("chunks") - before;
    double rewriting = rewriting();
    row(
        "1 % of documents changed, a chunk each",
        "rows written = rows changed; ≥ 10× faster than rewriting all",
        String.format(
            Locale.ROOT,
            "%d chunks changed, %d rows inserted and deleted; %.2f s against %.1f s: %.0f×",
            edits.size(),
            written,
            taken,
            rewriting,
            rewriting / taken));
  }

  /** Seconds of an unconditional upsert of everything into a table with HNSW. */
  private double rewriting() throws SQLException {
    CopyAndUpsert table = new CopyAndUpsert(database);
    seconds(table, corpus.batches());
    PlainTable.execute(
        database,
        "CREATE INDEX ON " + CopyAndUpsert.TABLE + " USING hnsw (embedding vector_cosine_ops)");
    long start = System.nanoTime();
    for (List<Mutation> batch : corpus.batches()) {
      table.load(chunks(batch));
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private void syncs() throws SQLException {
    OurStore store = ours(database);
    store.drop();
    long start = System.nanoTime();
    SyncReport first = sync(store, 0);
    double all = (System.nanoTime() - start) / 1e9;
    long chunks = store.rowsWritten("chunks");
    long documents = store.rowsWritten("documents");
    start = System.nanoTime();
    SyncReport none = sync(store, 0);
    double nothing = (System.nanoTime() - start) / 1e9;
    row(
        "no-change sync",
        "zero rows written",
        String.format(
            Locale.ROOT,
            "%,d documents unchanged; %d chunk rows and %d records written; %.2f s, the first sync"
                + " %.1f s",
            none.unchanged(),
            store.rowsWritten("chunks") - chunks,
            store.rowsWritten("documents") - documents,
            nothing,
            all));
    start = System.nanoTime();
    SyncReport some = sync(store, 1);
    double onePercent = (System.nanoTime() - start) / 1e9;
    row(
        "sync of 1 % changed",
        "",
        String.format(
            Locale.ROOT,
            "%d updated of %,d, %d chunks embedded, %d removed; %d chunk rows and %d records"
                + " written; %.2f s",
            some.updated(),
            first.added(),
            some.chunks().embedded(),
            some.chunks().removed(),
            store.rowsWritten("chunks") - chunks,
            store.rowsWritten("documents") - documents,
            onePercent));
  }

  private SyncReport sync(OurStore store, int version) {
    HashingEmbedder embedder = HashingEmbedder.create();
    try (RagIndex index =
        RagIndex.builder()
            .store(store.open())
            .parser(TikaParser.create())
            .embedder(embedder)
            .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(TOKENS_IN_CHUNK)))
            .build()) {
      return index.sync(new CorpusSource(corpus.documents(), version));
    }
  }

  /** How many times as long one takes as another, in the median round. */
  private static double ratio(double[] one, double[] other) {
    double[] ratios = new double[one.length];
    Arrays.setAll(ratios, round -> one[round] / other[round]);
    return median(ratios);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
