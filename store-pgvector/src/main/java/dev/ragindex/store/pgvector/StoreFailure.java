package dev.ragindex.store.pgvector;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Stage;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says what a failure of the database means to the caller. */
final class StoreFailure {

  private static final String UNDEFINED_TABLE = "42P01";

  private StoreFailure() {}

  /** Does the work; a failure of the database becomes one of the store. */
  static <T extends @Nullable Object> T guard(String doing, SqlWork<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw of(doing, e);
    }
  }

  /**
   * Translates a failure.
   *
   * @return an {@link IllegalArgumentException} if the values sent are at fault, so that their
   *     document can be found and blamed; else a failure of the infrastructure
   */
  static RuntimeException of(String doing, SQLException failure) {
    if (isOfValues(failure)) {
      // Neither message nor cause: both quote the values, which may be a document's text.
      return new IllegalArgumentException(
          "%s: PostgreSQL cannot keep a value of it (SQLSTATE %s)"
              .formatted(doing, failure.getSQLState()));
    }
    return new IndexingException(
        Stage.STORE,
        IndexingException.Kind.INFRASTRUCTURE,
        "%s failed: %s (%s, SQLSTATE %s)"
            .formatted(doing, advice(failure), message(failure), failure.getSQLState()),
        failure);
  }

  /** A record and its chunks do not fit together. */
  static IndexingException damaged(String finding) {
    return new IndexingException(
        Stage.STORE, IndexingException.Kind.INFRASTRUCTURE, finding + "; run verify");
  }

  /** Whether a collection's tables are not there. */
  static boolean isUndefinedTable(Exception failure) {
    return failure instanceof SQLException e && UNDEFINED_TABLE.equals(e.getSQLState());
  }

  /** Whether nobody can say if the server did what it was told last. */
  static boolean isOfConnection(SQLException failure) {
    String state = stateOf(failure);
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
  }

  /** Data exceptions, and limits of the server that a value is over. */
  private static boolean isOfValues(SQLException failure) {
    String state = stateOf(failure);
    return state.startsWith("22") || state.startsWith("54");
  }

  private static String stateOf(SQLException failure) {
    String state = failure.getSQLState();
    return state == null ? "" : state;
  }

  /** The first line of what the server says; its details may quote values. */
  private static String message(SQLException failure) {
    ServerErrorMessage server =
        failure instanceof PSQLException e ? e.getServerErrorMessage() : null;
    String message = server == null ? failure.getMessage() : server.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private static String advice(SQLException failure) {
    String state = stateOf(failure);
    if (isOfConnection(failure)) {
      return "check that PostgreSQL runs and can be reached, then repeat";
    }
    return switch (state.substring(0, 2)) {
      case "28" -> "check user and password";
      case "42" -> "check that the user may do this, and the schema";
      case "53" -> "PostgreSQL lacks space, memory or connections; give it more, then repeat";
      case "25" -> "this server or connection only reads; write to the primary";
      default -> "see PostgreSQL's log, then repeat";
    };
  }

  /** Work on the database. */
  interface SqlWork<T extends @Nullable Object> {
    T run() throws SQLException;
  }
}
