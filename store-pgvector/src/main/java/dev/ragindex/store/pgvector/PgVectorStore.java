package dev.ragindex.store.pgvector;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vector store in PostgreSQL with pgvector, in tables beside the application's own.
 *
 * <p>Connections come from the application's {@link DataSource} and go back as they came: one for
 * each open snapshot and running search, and one for as long as a writer is open. One process
 * writes at a time, any number read. Nothing is created before the first writer is opened. Closing
 * the store closes nothing, since the DataSource is the caller's. Thread-safe.
 *
 * <pre>{@code
 * try (VectorStore store = PgVectorStore.at(dataSource)) {
 *   List<SearchHit> hits = store.search(SearchRequest.of("leave"), embedder.embedQuery("leave"));
 * }
 * }</pre>
 */
public final class PgVectorStore implements VectorStore {

  private static final Logger LOG = LoggerFactory.getLogger(PgVectorStore.class);
  private static final Set<String> WARNED_OF = ConcurrentHashMap.newKeySet();

  private final DataSource database;
  private final CollectionName collection;
  private final @Nullable String schema;
  private final @Nullable String language;
  private final boolean createsExtension;
  private volatile @Nullable Tables tables;

  private PgVectorStore(Builder builder) {
    this.database = builder.database;
    this.collection = builder.collection;
    this.schema = builder.schema;
    this.language = builder.language;
    this.createsExtension = builder.createsExtension;
  }

  /**
   * The store of the collection named {@code default}, in the schema that the DataSource's
   * connections are in.
   *
   * @param database where to take connections from
   * @return the store; nothing is connected to or created yet
   */
  public static PgVectorStore at(DataSource database) {
    return builder(database).build();
  }

  /**
   * A store to be described in more detail.
   *
   * @param database where to take connections from
   * @return a builder
   */
  public static Builder builder(DataSource database) {
    return new Builder(database);
  }

  @Override
  public Snapshot snapshot() {
    return reading(
        () -> {
          Tables found = find();
          return found == null ? new EmptySnapshot() : LeasedSnapshot.open(database, found);
        });
  }

  @Override
  public StoreWriter writer() {
    return StoreFailure.guard("opening " + this, this::open);
  }

  private StoreWriter open() throws SQLException {
    Lease lease = Lease.ofWriter(database);
    try {
      if (createsExtension && Extension.find(lease.connection()) == null) {
        Extension.create(lease.connection());
      }
      Tables known = locate(lease.connection());
      warn(known.pgvector());
      return PgVectorWriter.open(database, lease, known, language);
    } catch (SQLException | RuntimeException e) {
      lease.closeAfter(e);
      throw e;
    }
  }

  /**
   * Opens the one writer within a transaction of the caller's, so that the caller's rows and the
   * index change together. Its batches become visible and durable when the caller commits, and
   * vanish if the caller rolls back; this store ends neither transaction nor connection. Other
   * writers are kept out until then. A batch that fails leaves the transaction as it was before.
   * The writer serves this one transaction, and builds no search indexes when closed.
   *
   * @param transaction a connection to the same database with auto-commit off
   * @return the writer, to be closed by the caller
   * @throws IllegalArgumentException if auto-commit is on
   * @throws dev.ragindex.api.StoreBusyException at once, if another writer is open
   */
  public StoreWriter writer(Connection transaction) {
    return StoreFailure.guard(
        "opening " + this,
        () -> {
          if (transaction.getAutoCommit()) {
            throw new IllegalArgumentException(
                "a lent connection has a transaction to join: turn auto-commit off");
          }
          return LentWriter.open(transaction, locate(transaction), language);
        });
  }

  @Override
  public List<SearchHit> search(SearchRequest request, float @Nullable [] vector) {
    return reading(
        () -> {
          Tables found = find();
          return found == null
              ? PgVectorSearch.ofNothing(request, vector)
              : PgVectorSearch.run(database, found, request, vector);
        });
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(EnumSet.allOf(SearchRequest.Mode.class), true);
  }

  @Override
  public Info info() {
    return reading(
        () -> {
          try (Lease lease = Lease.ofReader(database)) {
            return StoreInfo.read(lease.connection(), find(), this.toString());
          }
        });
  }

  @Override
  public List<String> check() {
    return reading(
        () -> {
          Tables found = find();
          return found == null ? List.of() : StoreCheck.findings(database, found);
        });
  }

  /**
   * Vacuums the collection's tables. Pages that still hold other rows keep the bytes of deleted
   * ones until they are written over; {@code VACUUM FULL}, which locks readers out, is left to the
   * database's owner.
   */
  @Override
  public void compact() {
    StoreFailure.guard(
        "compacting " + this,
        () -> {
          Tables found = find();
          if (found != null) {
            Compaction.run(database, found);
          }
          return true;
        });
  }

  /** Closes nothing: the DataSource is the caller's. */
  @Override
  public void close() {}

  /** Names the collection, and the schema if it was given. */
  @Override
  public String toString() {
    return "the collection '%s' in PostgreSQL%s"
        .formatted(collection.name(), schema == null ? "" : ", schema '" + schema + "'");
  }

  private <T extends @Nullable Object> T reading(StoreFailure.SqlWork<T> work) {
    return StoreFailure.guard("reading " + this, work);
  }

  /** Where the tables are or would be; null if there can be none for lack of pgvector. */
  private @Nullable Tables find() throws SQLException {
    Tables known = tables;
    if (known == null) {
      try (Lease lease = Lease.ofReader(database)) {
        Extension pgvector = Extension.find(lease.connection());
        known = pgvector == null ? null : at(lease.connection(), pgvector);
        tables = known;
      }
    }
    return known;
  }

  private Tables locate(Connection connection) throws SQLException {
    Extension pgvector = Extension.find(connection);
    if (pgvector == null) {
      throw refused(
          "this database has no pgvector; let a superuser run CREATE EXTENSION vector in it");
    }
    return at(connection, pgvector);
  }

  /** Once in a process for each version that is written to. */
  private static void warn(Extension pgvector) {
    if (WARNED_OF.add(pgvector.version())) {
      pgvector.faults().forEach(fault -> LOG.warn("pgvector {}: {}", pgvector.version(), fault));
    }
  }

  private Tables at(Connection connection, Extension pgvector) throws SQLException {
    try (PreparedStatement find =
        connection.prepareStatement("SELECT coalesce(?, current_schema())")) {
      find.setString(1, schema);
      try (ResultSet row = find.executeQuery()) {
        String name = row.next() ? row.getString(1) : null;
        if (name == null) {
          throw refused("its connections are in no schema; name one");
        }
        return new Tables(new SqlIdentifier(name), collection, pgvector);
      }
    }
  }

  private IndexingException refused(String why) {
    return new IndexingException(
        Stage.STORE, IndexingException.Kind.INFRASTRUCTURE, this + ": " + why);
  }

  /** Describes a store. Not thread-safe. */
  public static final class Builder {

    private static final String DEFAULT_COLLECTION = "default";

    private final DataSource database;
    private CollectionName collection = new CollectionName(DEFAULT_COLLECTION);
    private @Nullable String schema;
    private @Nullable String language;
    private boolean createsExtension;

    private Builder(DataSource database) {
      this.database = database;
    }

    /**
     * Names the collection; {@code default} otherwise. Collections of a schema share nothing.
     *
     * @param name 1 to 40 bytes of UTF-8, any characters but U+0000, not blank
     * @return this
     * @throws IllegalArgumentException if the name breaks the rule
     */
    public Builder collection(String name) {
      collection = new CollectionName(name);
      return this;
    }

    /**
     * Names the schema of the tables, which must exist; the one that connections are in otherwise.
     *
     * @param name as PostgreSQL has it, without quotes
     * @return this
     * @throws IllegalArgumentException if it has more than 63 bytes
     */
    public Builder schema(String name) {
      schema = new SqlIdentifier(name).name();
      return this;
    }

    /**
     * Names the language that keyword search stems words by; otherwise words are found as they
     * stand, in upper or lower case. It is decided when the collection is made and stays. The
     * server makes the words of a language, which more than doubles what writing a chunk costs.
     *
     * @param configuration a text search configuration of PostgreSQL, such as {@code english}
     * @return this
     */
    public Builder language(String configuration) {
      language = configuration;
      return this;
    }

    /**
     * Lets the first writer run {@code CREATE EXTENSION vector} where pgvector is not installed
     * yet, which takes a superuser. Otherwise that is left to the database's owner.
     *
     * @return this
     */
    public Builder createExtension() {
      createsExtension = true;
      return this;
    }

    /**
     * Makes the store.
     *
     * @return the store; nothing is connected to or created yet
     */
    public PgVectorStore build() {
      return new PgVectorStore(this);
    }
  }
}
