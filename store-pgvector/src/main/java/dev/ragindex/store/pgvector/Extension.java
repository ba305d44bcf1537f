package dev.ragindex.store.pgvector;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * pgvector as it is installed in the database.
 *
 * @param schema where its types and operators are
 * @param version as {@code pg_extension} has it, such as {@code 0.8.0}
 */
record Extension(SqlIdentifier schema, String version) {

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");

  /** Looks it up; null if it is not installed. */
  static @Nullable Extension find(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT n.nspname, e.extversion FROM pg_catalog.pg_extension e"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace"
                    + " WHERE e.extname = 'vector'")) {
      return row.next()
          ? new Extension(new SqlIdentifier(row.getString(1)), row.getString(2))
          : null;
    }
  }

  /** Installs it, and commits. */
  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS vector");
    }
    connection.commit();
  }

  /** Whether this is older than a version of three numbers. */
  boolean isBefore(int major, int minor, int patch) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches()) {
      return false;
    }
    int[] wanted = {major, minor, patch};
    for (int i = 0; i < wanted.length; i++) {
      String digits = numbers.group(i + 1);
      int order = Integer.compare(digits == null ? 0 : Integer.parseInt(digits), wanted[i]);
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  /** What is wrong with this version; one sentence each. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (isBefore(0, 8, 0)) {
      faults.add("It has no iterative scans, so filtered searches of large collections are exact.");
    }
    if (isBefore(0, 8, 2)) {
      faults.add("Parallel index builds can overrun memory (CVE-2026-3172); builds are serial.");
    }
    if (isBefore(0, 8, 4)) {
      faults.add("Vacuum during inserts can damage an HNSW index; 0.8.4 has the repair.");
    }
    return faults;
  }
}
