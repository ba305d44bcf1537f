package dev.ragindex.core;

import static dev.ragindex.core.Bench.prose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Block;
import dev.ragindex.api.Chunk;
import dev.ragindex.api.ChunkEnricher;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentEnricher;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Signature;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.StoreWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Why a document is worked on, and what that writes. */
class ReasonsTest {

  private final Bench bench = new Bench();

  @AfterEach
  void index_is_sound() {
    assertThat(bench.index().verify().findings()).isEmpty();
  }

  private static DocumentEnricher documentEnricher(int version) {
    return new DocumentEnricher() {
      @Override
      public Signature signature() {
        return Signature.of("same", version);
      }

      @Override
      public Document enrich(Document document) {
        return document;
      }
    };
  }

  private static ChunkEnricher chunkEnricher(int version) {
    return new ChunkEnricher() {
      @Override
      public Signature signature() {
        return Signature.of("same", version);
      }

      @Override
      public Chunk enrich(Document document, Chunk chunk) {
        return chunk;
      }
    };
  }

  private Change.Reason reasonOfNextRun() {
    List<Change> foreseen = bench.index().plan(bench.source).changes();
    List<Change> changes = bench.sync().changes();
    assertThat(foreseen).isEqualTo(changes);
    return changes.getFirst().reason();
  }

  @Test
  void stage_that_changed_is_named() {
    bench.source.put("a", prose(1, 20));
    bench.sync();

    bench.parser = new ParagraphParser(2);
    assertThat(reasonOfNextRun()).isEqualTo(Change.Reason.PARSER);
    bench.documentEnrichers.add(documentEnricher(1));
    assertThat(reasonOfNextRun()).isEqualTo(Change.Reason.DOCUMENT_ENRICHER);
    bench.documentEnrichers.set(0, documentEnricher(2));
    assertThat(reasonOfNextRun()).isEqualTo(Change.Reason.DOCUMENT_ENRICHER);
    bench.maxTokens = 60;
    assertThat(reasonOfNextRun()).isEqualTo(Change.Reason.CHUNKER);
    bench.chunkEnrichers.add(chunkEnricher(1));
    assertThat(reasonOfNextRun()).isEqualTo(Change.Reason.CHUNK_ENRICHER);
    assertThat(bench.sync().unchanged()).isEqualTo(1);
  }

  @Test
  void changed_enricher_rereads_everything_and_embeds_nothing_that_is_the_same() {
    bench.source.put("a", prose(1, 20)).put("b", prose(2, 20));
    bench.sync();
    int embedded = bench.embedder.texts.size();
    int opened = bench.source.opened.get();

    bench.chunkEnrichers.add(chunkEnricher(1));
    SyncReport report = bench.sync();

    assertThat(report.updated()).isEqualTo(2);
    assertThat(bench.source.opened.get()).isEqualTo(opened + 2);
    assertThat(bench.embedder.texts).hasSize(embedded);
  }

  @Test
  void chain_that_is_not_remembered_is_a_changed_pipeline() {
    bench.source.put("a", prose(1, 5));
    bench.sync();
    forgetChains();
    bench.maxTokens = 60;

    assertThat(reasonOfNextRun()).isEqualTo(Change.Reason.STAGE);
  }

  private void forgetChains() {
    Settings settings = bench.store.snapshot().settings();
    var kept = new TreeMap<>(settings.source("notes"));
    kept.keySet().removeIf(key -> key.startsWith("pipeline."));
    try (StoreWriter writer = bench.store.writer()) {
      Settings without =
          new Settings(
              settings.dimension(), settings.index(), new TreeMap<>(Map.of("notes", kept)));
      writer.commit(List.of(new Mutation.Configure(without)));
    }
  }

  @Test
  void chains_of_documents_that_failed_stay_remembered_and_others_are_forgotten() {
    bench.source.put("a", prose(1, 5)).put("b", prose(2, 5));
    bench.sync();
    bench.source.failures.put("b", new java.io.IOException("broken disk"));
    IntStream.range(2, 6)
        .forEach(
            version -> {
              bench.parser = new ParagraphParser(version);
              bench.sync();
            });
    bench.source.failures.clear();

    assertThat(bench.store.snapshot().settings().source("notes").keySet())
        .filteredOn(key -> key.startsWith("pipeline."))
        .as("those of b, of a before the last run, and of a")
        .hasSize(3);
  }

  @Test
  void same_text_in_another_structure_is_a_structure_change_that_writes_no_chunk() {
    bench.parser =
        new DocumentParser() {
          @Override
          public Signature signature() {
            return Signature.of("styled", 1);
          }

          @Override
          public Signature limits() {
            return Signature.of("none", 1);
          }

          @Override
          public Document parse(SourceDocument source) {
            Document plain = new ParagraphParser(1).parse(source);
            String text = plain.text().substring(1);
            Block.Kind kind = plain.text().startsWith("*") ? Block.Kind.CODE : Block.Kind.PARAGRAPH;
            Block block = new Block(kind, Block.Layer.BODY, 0, text.length(), 0, 0);
            return new Document(
                plain.id(),
                text,
                text.length(),
                List.of(block),
                null,
                "text/plain",
                Metadata.EMPTY,
                List.of());
          }
        };
    bench.source.put("a", " One sentence.");
    bench.sync();
    int batches = bench.store.committed.size();

    bench.source.put("a", "*One sentence.");
    SyncReport report = bench.sync();

    assertThat(report.changes())
        .extracting(Change::reason)
        .containsExactly(Change.Reason.STRUCTURE);
    assertThat(bench.committedSince(batches))
        .singleElement()
        .isInstanceOfSatisfying(Mutation.Put.class, put -> assertThat(put.chunks()).isEmpty());
  }

  @Test
  void changed_metadata_rewrites_records_alone() {
    IntStream.range(0, 30).forEach(i -> bench.source.put("d" + i, prose(i, 5)));
    bench.sync();
    int batches = bench.store.committed.size();
    int embedded = bench.embedder.texts.size();

    IntStream.range(0, 30)
        .forEach(i -> bench.source.metadata("d" + i, Metadata.EMPTY.with("owner", "Ada")));
    SyncReport report = bench.sync();

    assertThat(report.patched()).isEqualTo(30);
    assertThat(report.changes()).allMatch(change -> change.reason() == Change.Reason.METADATA);
    assertThat(bench.committedSince(batches))
        .hasSize(30)
        .allMatch(mutation -> mutation instanceof Mutation.Note);
    assertThat(bench.embedder.texts).hasSize(embedded);
  }

  @Test
  void ten_thousand_touched_documents_embed_nothing_and_the_run_after_commits_nothing() {
    IntStream.range(0, 10_000).forEach(i -> bench.source.put("d" + i, "Text " + i % 100 + "."));
    bench.more = builder -> builder.commitEvery(100_000, java.time.Duration.ofMinutes(1));
    bench.sync();
    int embedded = bench.embedder.texts.size();
    IntStream.range(0, 10_000).forEach(i -> bench.source.touch("d" + i));

    SyncReport touched = bench.sync();
    int batches = bench.store.committed.size();
    int opened = bench.source.opened.get();
    SyncReport quiet = bench.sync();

    assertThat(touched.unchanged()).isEqualTo(10_000);
    assertThat(quiet.unchanged()).isEqualTo(10_000);
    assertThat(bench.embedder.texts).hasSize(embedded);
    assertThat(bench.store.committed).hasSize(batches);
    assertThat(bench.source.opened.get()).isEqualTo(opened);
  }
}
