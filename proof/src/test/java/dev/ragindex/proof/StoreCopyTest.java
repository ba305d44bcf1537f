package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.VectorStore;
import dev.ragindex.core.CopyReport;
import dev.ragindex.core.StoreCopy;
import dev.ragindex.proof.KillContract.Played;
import dev.ragindex.store.lucene.LuceneStore;
import dev.ragindex.store.pgvector.PgVectorStore;
import dev.ragindex.test.postgres.TestSchema;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index goes from Lucene into PostgreSQL and back, and stays the same. */
class StoreCopyTest {

  @TempDir Path folder;

  @Test
  void index_copied_there_and_back_is_equal_and_embeds_nothing() {
    Played last = Played.SCENARIO.getLast();
    try (TestSchema postgres = new TestSchema();
        VectorStore lucene = LuceneStore.at(folder.resolve("first"));
        VectorStore database = PgVectorStore.at(postgres.database());
        VectorStore back = LuceneStore.at(folder.resolve("second"))) {
      try (var writer = lucene.writer()) {
        writer.commit(last.after().toBatch());
      }

      CopyReport there = StoreCopy.copy(lucene, database);
      StoreCopy.copy(database, back);

      assertThat(there.copied()).isEqualTo(last.after().documents().size());
      for (VectorStore store : new VectorStore[] {database, back}) {
        IndexDump.of(store).assertEqualTo(last.after());
        assertThat(store.check()).isEmpty();
        assertThat(embeddedBySync(last, store)).isZero();
      }
    }
  }

  private static long embeddedBySync(Played last, VectorStore store) {
    MortalEmbedder embedder = new MortalEmbedder(Lifetime.unlimited());
    KillContract.call(last.step(), store, Lifetime.unlimited(), KillContract.AT_THE_END, embedder);
    return embedder.texts();
  }
}
