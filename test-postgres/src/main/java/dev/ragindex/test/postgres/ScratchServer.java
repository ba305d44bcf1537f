package dev.ragindex.test.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server of its own that {@code scratch-postgres.sh} starts on loopback, with the orders that the
 * script takes. It ends when this is closed, and at the latest when this JVM does, however that
 * ends.
 */
public final class ScratchServer implements AutoCloseable {

  private static final String SCRIPT = "/scratch-postgres.sh";
  private static final long SECONDS_TO_STOP = 90;

  private final Process script;
  private final Writer orders;
  private final BufferedReader answers;
  private final String url;

  private ScratchServer(Process script, BufferedReader answers, String url) {
    this.script = script;
    this.orders = script.outputWriter(StandardCharsets.UTF_8);
    this.answers = answers;
    this.url = url;
  }

  /**
   * Starts a server, which takes seconds, and the first time on a machine as long as its packages
   * take to download.
   *
   * @param folder where its data will be; made, and removed when it ends
   * @return the server; null where the script cannot have one, for reasons it has told on standard
   *     error
   */
  public static @Nullable ScratchServer start(Path folder) {
    try {
      Path script = folder.resolveSibling(folder.getFileName() + ".sh").toAbsolutePath();
      Files.createDirectories(Objects.requireNonNull(script.getParent()));
      try (InputStream resource =
          Objects.requireNonNull(ScratchServer.class.getResourceAsStream(SCRIPT), SCRIPT)) {
        Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
      }
      Process process =
          new ProcessBuilder("bash", script.toString(), folder.toAbsolutePath().toString())
              .redirectError(Redirect.INHERIT)
              .start();
      BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
      String url = answers.readLine();
      return url == null ? null : new ScratchServer(process, answers, url);
    } catch (IOException e) {
      System.err.println("scratch-postgres.sh cannot be run: " + e.getMessage());
      return null;
    }
  }

  /**
   * Where the server is.
   *
   * @return the JDBC URL of its database, with the superuser's name and password
   */
  public String url() {
    return url;
  }

  /** Kills the server as {@code kill -9} does, with all its sessions. */
  public void crash() {
    ask("crash");
  }

  /** Starts the server again after a crash, at the same URL. */
  public void restart() {
    ask("restart");
  }

  /**
   * A client program of the server's own version.
   *
   * @param name such as {@code pg_dump}
   * @return its path
   */
  public Path program(String name) {
    return Path.of(ask("programs"), name);
  }

  /**
   * Starts PgBouncer in transaction mode before the server.
   *
   * @return the JDBC URL through it; null where it is not installed and the server is not of
   *     Debian's packages, which bring it
   */
  @Nullable String pooler() {
    String answer = ask("pooler");
    return answer.isEmpty() ? null : answer;
  }

  private String ask(String order) {
    try {
      orders.write(order + "\n");
      orders.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("scratch-postgres.sh ended at the order " + order);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException("scratch-postgres.sh does not take orders", e);
    }
  }

  /** Ends the script's input, upon which it stops the server and clears up. */
  @Override
  public void close() {
    try {
      orders.close();
      if (!script.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        throw new IllegalStateException("scratch-postgres.sh does not end: pid " + script.pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop the server of scratch-postgres.sh", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
