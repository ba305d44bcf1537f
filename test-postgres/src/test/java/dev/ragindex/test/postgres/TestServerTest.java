package dev.ragindex.test.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;

class TestServerTest {

  @Test
  void ways_after_the_first_that_has_a_server_are_not_tried() {
    assertThat(TestServer.first(List.of(() -> null, () -> "url", TestServerTest::never)))
        .isEqualTo("url");
  }

  @Test
  void without_a_server_tests_are_skipped_with_a_line_and_fail_in_ci() {
    String line =
        printed(
            () ->
                assertThatThrownBy(() -> TestServer.require(null, TestServer.NO_SERVER, false))
                    .isInstanceOf(TestAbortedException.class));
    assertThat(line).contains("NO POSTGRESQL", "RAG_INDEX_TEST_PGVECTOR", "Debian", "Docker");
    printed(
        () ->
            assertThatThrownBy(() -> TestServer.require(null, TestServer.NO_SERVER, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NO POSTGRESQL"));
  }

  @Test
  void without_docker_there_is_no_container_and_no_failure() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      assertThat(DockerServer.start()).isNull();
    }
  }

  private static String never() {
    throw new AssertionError("asked, though there was a server");
  }

  private static String printed(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setErr(captured);
      work.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
