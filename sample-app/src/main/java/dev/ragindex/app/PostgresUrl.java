package dev.ragindex.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database by its JDBC URL. The password stays in here: what is printed and saved is the URL
 * without it.
 */
final class PostgresUrl {

  private static final String SCHEME = "jdbc:postgresql:";
  private static final String FORM = "jdbc:postgresql://HOST:PORT/DATABASE?user=NAME";

  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF); // it logs the URLs that it does not understand
  }

  private final String url;
  private final Properties parts;

  private PostgresUrl(String url, Properties parts) {
    this.url = url;
    this.parts = parts;
  }

  /**
   * Reads a URL.
   *
   * @throws Refusal if it is none of PostgreSQL's
   */
  static PostgresUrl of(String url) {
    boolean known = is(url) && !address(url).contains("@");
    Properties parts = known ? Driver.parseURL(url, null) : null;
    if (parts == null) {
      throw new Refusal(
          "not the JDBC URL of a PostgreSQL", "it looks so: " + FORM + "; the password may follow");
    }
    return new PostgresUrl(url, parts);
  }

  /** Whether a text means to be such a URL. */
  static boolean is(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Where to take connections from. A password that is not in the URL is looked up in the file that
   * {@code PGPASSFILE} names, or {@code ~/.pgpass}.
   */
  DataSource database() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url);
    database.setTcpKeepAlive(true);
    if (PGProperty.APPLICATION_NAME.getOrNull(parts) == null) {
      database.setApplicationName("rag-index");
    }
    return database;
  }

  /** Whether another URL leads to the same database of the same server. */
  boolean isSameDatabase(PostgresUrl other) {
    return part(PGProperty.PG_HOST).equals(other.part(PGProperty.PG_HOST))
        && part(PGProperty.PG_PORT).equals(other.part(PGProperty.PG_PORT))
        && part(PGProperty.PG_DBNAME).equals(other.part(PGProperty.PG_DBNAME));
  }

  private String part(PGProperty property) {
    return String.valueOf(property.getOrDefault(parts));
  }

  /** The URL without passwords, and without parameters that PostgreSQL's driver does not know. */
  @Override
  public String toString() {
    int query = url.indexOf('?');
    String shown =
        Arrays.stream(query < 0 ? new String[0] : url.substring(query + 1).split("&", -1))
            .filter(PostgresUrl::mayBeShown)
            .collect(Collectors.joining("&"));
    return shown.isEmpty() ? address(url) : address(url) + "?" + shown;
  }

  /** A piece of a password that holds an ampersand is no parameter. */
  private static boolean mayBeShown(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? "" : parameter.substring(0, equals);
    return PGProperty.forName(name) != null && !name.toLowerCase(Locale.ROOT).contains("password");
  }

  private static String address(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
