package dev.ragindex.store.pgvector;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.StoreBusyException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Keeps other writers out: an advisory lock of PostgreSQL, which goes with the connection that
 * holds it, so that a dead holder blocks nobody. Who holds it stands in the collection's row.
 *
 * <p>Each writer that gets the lock raises the collection's epoch, and each commit checks it. So a
 * writer whose lock was lost without its knowledge (a pooler between, a failover) writes nothing
 * any more as soon as there is another.
 */
final class WriterLock {

  /** Whether the lock goes with the connection or already with the transaction. */
  enum Scope {
    SESSION("pg_try_advisory_lock"),
    TRANSACTION("pg_try_advisory_xact_lock");

    private final String function;

    Scope(String function) {
      this.function = function;
    }
  }

  /** Finds the session that holds a key. */
  private static final String HELD =
      " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE"
          + " l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND (l.classid::bigint << 32"
          + " | l.objid::bigint) = ? AND a.datname = current_database() AND l.database = a.datid";

  private final Connection connection;
  private final Tables tables;
  private final long key;

  WriterLock(Connection connection, Tables tables) {
    this.connection = connection;
    this.tables = tables;
    this.key =
        Fingerprint.builder("pgvector writer/1")
            .add(tables.schema().name())
            .add(tables.name())
            .build()
            .a();
  }

  /**
   * Takes the lock.
   *
   * @throws StoreBusyException if another writer has it, in this process or another
   */
  void take(Scope scope) throws SQLException {
    if (!ask("SELECT " + scope.function + "(?)")) {
      throw new StoreBusyException(
          "%s is being written by %s; wait for it to end".formatted(tables.label(), holder()));
    }
  }

  /** Gives a lock of {@link Scope#SESSION} back. */
  void release() throws SQLException {
    try (PreparedStatement forget =
        connection.prepareStatement(
            "UPDATE %s SET holder = NULL, held_since = NULL WHERE name = ?"
                .formatted(tables.collections()))) {
      forget.setString(1, tables.name());
      forget.executeUpdate();
    }
    connection.commit();
    unlock();
  }

  /** Gives a lock of {@link Scope#SESSION} back that nobody has signed for. */
  void unlock() throws SQLException {
    ask("SELECT pg_advisory_unlock(?)");
    connection.commit();
  }

  /** Begins a new epoch, which fences off whoever wrote before, and signs as its writer. */
  long raiseEpoch() throws SQLException {
    try (PreparedStatement raise =
        connection.prepareStatement(
            "UPDATE %s SET epoch = epoch + 1, holder = ?, held_since = clock_timestamp() WHERE name = ? RETURNING epoch"
                .formatted(tables.collections()))) {
      raise.setString(1, "process %d on %s".formatted(ProcessHandle.current().pid(), host()));
      raise.setString(2, tables.name());
      try (ResultSet row = raise.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Ends a session that holds the lock though its client has lost it, as the server may not notice
   * for hours; waits for its end.
   *
   * @param backend the session's process in the server
   */
  void endSession(int backend) throws SQLException {
    try (PreparedStatement end =
        connection.prepareStatement(
            "SELECT pg_terminate_backend(l.pid, 5000)" + HELD + " AND l.pid = ?")) {
      end.setLong(1, key);
      end.setInt(2, backend);
      end.execute();
    }
  }

  private boolean ask(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, key);
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without name";
    }
  }

  private String holder() throws SQLException {
    String signed = "another writer";
    if (!tables.areSetUp(connection)) {
      return signed + session();
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT holder, held_since FROM %s WHERE name = ? AND holder IS NOT NULL"
                .formatted(tables.collections()))) {
      select.setString(1, tables.name());
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          signed = row.getString(1) + " since " + row.getTimestamp(2).toInstant();
        }
      }
    }
    return signed + session();
  }

  /** The server's view of the holder, as far as the user may see it. */
  private String session() throws SQLException {
    String sql =
        "SELECT l.pid, coalesce(a.application_name, 'of another user'),"
            + " coalesce(host(a.client_addr), 'an address not shown')"
            + HELD;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? " (backend %d, application '%s', from %s)"
                .formatted(row.getInt(1), row.getString(2), row.getString(3))
            : "";
      }
    }
  }
}
