package dev.ragindex.benchmarks.pgvector;

import com.zaxxer.hikari.HikariDataSource;
import dev.ragindex.api.Mutation;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncReport;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.parsers.TikaParser;
import dev.ragindex.test.postgres.ScratchServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Prints the figures of the store in PostgreSQL as a Markdown table: {@code PgvectorFigures [CHUNKS
 * [JDBC_URL]]}. Works in the schema {@code rag_index_figures} of that database, which it drops
 * before and after; without one it starts a server of its own.
 */
public final class PgvectorFigures {

  private static final String SCHEMA = "rag_index_figures";
  private static final int TOKENS_IN_CHUNK = 120;

  private final PrintStream out;
  private final PGSimpleDataSource database;
  private final Corpus corpus;

  private PgvectorFigures(PrintStream out, String url, int chunks) {
    this.out = out;
    this.database = connectTo(url);
    this.corpus = new Corpus(chunks / Corpus.CHUNKS);
  }

  /**
   * Prints the table.
   *
   * @param args number of chunks, 20,000 if not given, and URL of a database with user and password
   * @throws SQLException if the database fails
   * @throws IOException if the loopback interface fails
   */
  public static void main(String[] args) throws SQLException, IOException {
    int chunks = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    if (args.length > 1) {
      new PgvectorFigures(System.out, args[1], chunks).print();
      return;
    }
    try (ScratchServer server = ScratchServer.start(Path.of("target", "scratch-postgres"))) {
      if (server == null) {
        throw new IllegalStateException("no PostgreSQL: give the URL of one, with pgvector");
      }
      new PgvectorFigures(System.out, server.url(), chunks).print();
    }
  }

  private static PGSimpleDataSource connectTo(String url) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url);
    // pgvector's types may lie in public
    database.setCurrentSchema(SCHEMA + ",public");
    return database;
  }

  private void print() throws SQLException, IOException {
    out.printf(
        "| %,d chunks of %d floats, %s | goal | here |%n",
        corpus.chunks(), Corpus.DIMENSION, server());
    out.println("|---|---|---|");
    ours(database).drop();
    try {
      new LoadFigures(ours(database), corpus).rows().forEach(this::row);
      deferredIndex();
      changes();
      search();
      syncs();
    } finally {
      PlainTable.execute(database, "DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
    }
  }

  private String server() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT format('PostgreSQL %s, pgvector %s, fsync %s',"
                    + " split_part(current_setting('server_version'), ' ', 1), extversion,"
                    + " current_setting('fsync')) FROM pg_extension WHERE extname = 'vector'")) {
      row.next();
      return row.getString(1);
    }
  }

  private static OurStore ours(PGSimpleDataSource database) {
    return new OurStore(database, SCHEMA);
  }

  private void row(Row row) {
    row(row.figure(), row.goal(), row.here());
  }

  private void row(String figure, String goal, String here) {
    out.println("| " + figure + " | " + goal + " | " + here + " |");
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
    LoadFigures.seconds(table, corpus.batches());
    PlainTable.execute(
        database,
        "CREATE INDEX ON " + CopyAndUpsert.TABLE + " USING hnsw (embedding vector_cosine_ops)");
    return LoadFigures.reload(table, corpus.batches());
  }

  private void search() {
    try (HikariDataSource pool = LoadFigures.pool(database)) {
      new SearchFigures(ours(database).over(pool), corpus).rows().forEach(this::row);
    }
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
}
