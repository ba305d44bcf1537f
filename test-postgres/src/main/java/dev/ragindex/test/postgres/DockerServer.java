package dev.ragindex.test.postgres;

import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, by Testcontainers, which removes it when this JVM has ended. */
final class DockerServer {

  private static final DockerImageName IMAGE =
      DockerImageName.parse("pgvector/pgvector:pg17").asCompatibleSubstituteFor("postgres");

  /** Parallel index builds take shared memory, of which containers have 64 MB otherwise. */
  private static final long SHARED_MEMORY = 1L << 30;

  private DockerServer() {}

  /** Starts one; null where no Docker answers. */
  static @Nullable String start() {
    return DockerClientFactory.instance().isDockerAvailable() ? run() : null;
  }

  @SuppressWarnings("resource") // Testcontainers removes it
  private static String run() {
    PostgreSQLContainer server = new PostgreSQLContainer(IMAGE);
    server.withSharedMemorySize(SHARED_MEMORY).withInitScript("create-extension.sql");
    server.start();
    String url = server.getJdbcUrl();
    return "%s%suser=%s&password=%s"
        .formatted(url, url.contains("?") ? "&" : "?", server.getUsername(), server.getPassword());
  }
}
