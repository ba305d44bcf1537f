package dev.ragindex.test.postgres;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL with pgvector that the tests of a JVM share, looked for when first asked for: the
 * one whose JDBC URL is in {@code RAG_INDEX_TEST_PGVECTOR}; a {@link ScratchServer}; a container
 * where Docker runs. Where there is none, tests that ask are skipped with a line that says how to
 * get one; with {@code CI=true} they fail.
 */
public final class TestServer {

  private static final String URL_VARIABLE = "RAG_INDEX_TEST_PGVECTOR";

  static final String NO_SERVER =
      "NO POSTGRESQL TO TEST WITH: set %s to the JDBC URL of a database with pgvector, run on Debian, whose packages are brought, or where Docker runs; reasons are above"
          .formatted(URL_VARIABLE);

  private static final String NO_POOLER =
      "NO PGBOUNCER TO TEST WITH: it comes with Debian's packages, or install it";

  private TestServer() {}

  /** Looks for the server once. */
  private static final class Shared {
    static final @Nullable String URL =
        first(
            List.of(
                () -> System.getenv(URL_VARIABLE), TestServer::scratchUrl, DockerServer::start));
  }

  /** Looked for once, too; other tests share it one after the other. */
  private static @Nullable String scratchUrl() {
    ScratchServer server = ScratchServer.start(Path.of("target", "scratch-postgres"));
    return server == null ? null : server.url();
  }

  /**
   * Finds the server, or skips the running test.
   *
   * @return its JDBC URL, with user and password
   * @throws IllegalStateException if there is none and {@code CI=true}
   */
  public static String url() {
    return require(Shared.URL, NO_SERVER, isForCi());
  }

  /**
   * Starts a server for a test that kills or configures it, or skips the running test.
   *
   * @param folder where its data will be
   * @return the server, to be closed by the caller
   * @throws IllegalStateException if there is none and {@code CI=true}
   */
  public static ScratchServer scratch(Path folder) {
    ScratchServer server = ScratchServer.start(folder);
    require(server == null ? null : server.url(), NO_SERVER, isForCi());
    return Objects.requireNonNull(server);
  }

  /**
   * Starts PgBouncer in front of a server, or skips the running test.
   *
   * @param server the server
   * @return the JDBC URL that goes through it
   * @throws IllegalStateException if there is no PgBouncer and {@code CI=true}
   */
  public static String pooler(ScratchServer server) {
    return require(server.pooler(), NO_POOLER, isForCi());
  }

  /** What the first way that has a server gives; ways after it are not tried. */
  static @Nullable String first(List<Supplier<@Nullable String>> ways) {
    return ways.stream().map(Supplier::get).flatMap(Stream::ofNullable).findFirst().orElse(null);
  }

  static String require(@Nullable String found, String reason, boolean forCi) {
    if (found != null) {
      return found;
    }
    System.err.println(reason);
    if (forCi) {
      throw new IllegalStateException(reason);
    }
    return abort(reason);
  }

  private static boolean isForCi() {
    return Boolean.parseBoolean(System.getenv("CI"));
  }
}
