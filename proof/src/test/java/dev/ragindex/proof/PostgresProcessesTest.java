package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.VectorStore;
import dev.ragindex.proof.KillContract.Played;
import dev.ragindex.store.pgvector.PgVectorStore;
import dev.ragindex.test.postgres.TestSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on one collection in PostgreSQL, which fight over its writer. */
@Timeout(600)
class PostgresProcessesTest {

  private static final Played FIRST = Played.SCENARIO.getFirst();
  private static final Played SECOND = Played.SCENARIO.get(1);

  @TempDir Path folder;
  private TestSchema schema;

  @BeforeEach
  void make() {
    schema = new TestSchema();
  }

  @AfterEach
  void drop() {
    schema.close();
  }

  private VectorStore store() {
    return PgVectorStore.at(schema.database());
  }

  private ChildProcess holder() throws IOException {
    return ChildProcess.holding(schema.url(), folder.resolve("holder.stderr"));
  }

  private void play(Played step) {
    KillContract.call(step.step(), store(), Lifetime.unlimited(), KillContract.AT_THE_END);
  }

  @Test
  void of_two_processes_the_second_fails_at_once_and_a_dead_holder_blocks_nobody()
      throws IOException, InterruptedException {
    play(FIRST);
    try (ChildProcess holder = holder()) {
      assertThatThrownBy(() -> play(SECOND))
          .isInstanceOf(StoreBusyException.class)
          .hasMessageContaining("process " + holder.pid());
      new Witness(store(), FIRST.after(), FIRST.after(), Map.of()).close();
      holder.kill();
    }
    playWhenFree(SECOND);
    IndexDump.of(store()).assertEqualTo(SECOND.after());
  }

  /** As {@code waitForWriter} does: the server takes a moment to notice that a client has died. */
  private void playWhenFree(Played step) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        play(step);
        return;
      } catch (StoreBusyException e) {
        assertThat(System.nanoTime()).as("time to notice").isLessThan(deadline);
        Thread.sleep(20);
      }
    }
  }

  /** Keep-alive, time-outs of idle sessions and administrators end the session of a paused one. */
  @Test
  void a_paused_holder_that_lost_its_session_is_fenced_when_it_comes_back()
      throws IOException, InterruptedException, SQLException {
    play(FIRST);
    try (ChildProcess holder = holder()) {
      assertThat(holder.write()).isEqualTo("written");
      holder.signal("STOP");
      assertThatThrownBy(() -> play(SECOND)).isInstanceOf(StoreBusyException.class);
      assertThat(endSessionOfHolder()).isTrue();
      playWhenFree(SECOND);
      holder.signal("CONT");
      assertThat(holder.write()).startsWith("refused");
      assertThat(holder.write()).startsWith("refused");
    }
    IndexDump.of(store()).assertEqualTo(SECOND.after());
    assertThat(store().check()).isEmpty();
  }

  /** The advisory lock goes with the session; the epoch keeps out a writer that has lost it. */
  @Test
  void a_paused_holder_whose_lock_is_gone_is_fenced_by_the_epoch()
      throws IOException, InterruptedException, SQLException {
    play(FIRST);
    try (ChildProcess holder = holder()) {
      holder.signal("STOP");
      try (Connection connection = schema.database().getConnection();
          Statement statement = connection.createStatement()) {
        // what a writer does that got the lock after a failover: the next epoch, and a commit
        statement.execute("UPDATE rag_index_collections SET epoch = epoch + 1");
      }
      holder.signal("CONT");
      assertThat(holder.write()).startsWith("refused").contains("newer writer");
    }
    IndexDump.of(store()).assertEqualTo(FIRST.after());
  }

  private boolean endSessionOfHolder() throws SQLException {
    try (Connection connection = schema.database().getConnection();
        PreparedStatement end =
            connection.prepareStatement(
                "SELECT bool_and(pg_terminate_backend(a.pid, 5000)) FROM pg_locks l JOIN"
                    + " pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND"
                    + " a.datname = current_database() AND l.objsubid = 1");
        ResultSet row = end.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }
}
