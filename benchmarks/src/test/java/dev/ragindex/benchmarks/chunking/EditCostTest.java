package dev.ragindex.benchmarks.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.Embedder;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncReport;
import dev.ragindex.core.chunk.Packing;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.core.memory.InMemoryStore;
import dev.ragindex.core.source.FolderSource;
import dev.ragindex.parsers.TikaParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the figures say an edit costs is what a sync embeds. */
class EditCostTest {

  private final DocumentParser parser = TikaParser.create();
  private final Embedder embedder = HashingEmbedder.create();
  private final Model model = Model.of("hashing", embedder);
  private final Variant variant = Variant.of("structure", Packing.STABLE, model, 64);
  private final String before = Texts.markdown(1);
  @TempDir private Path folder;

  @Test
  void insert_costs_what_a_sync_embeds() throws IOException {
    Insert insert = new SentenceInserts(List.of(parsed(before)), 3).draw(1).getFirst();

    for (Variant cut : List.of(variant, Variant.fixed(model, 64))) {
      int[] embedded = new InsertFigure(List.of(insert), parser).embedded(cut);

      SyncReport synced = synced(cut, insert.apply(parser).text());
      assertThat(embedded).as(cut.strategy()).containsExactly((int) synced.chunks().embedded());
    }
  }

  @Test
  void changed_heading_costs_the_tokens_a_sync_embeds() throws IOException {
    String after = before.replace("## Section 7\n", "## Another title\n");
    EditPair edit = new EditPair(parsed(before), parsed(after));

    CommitFigure.Cost cost = new CommitFigure(List.of(edit)).cost(variant, new SentText(true));

    SyncReport synced = synced(variant, after);
    assertThat(cost.embedded()).isEqualTo(synced.tokens().embedded());
    assertThat(cost.chunks()).isEqualTo(synced.chunks().embedded()).isGreaterThan(1);
  }

  @Test
  void without_context_a_changed_heading_costs_less() {
    String after = before.replace("## Section 7\n", "## Another title\n");
    CommitFigure figure = new CommitFigure(List.of(new EditPair(parsed(before), parsed(after))));

    assertThat(figure.cost(variant, new SentText(false)).chunks())
        .isLessThan(figure.cost(variant, new SentText(true)).chunks());
  }

  private Document parsed(String markdown) {
    return parser.parse(new MarkdownFile("a.md", markdown));
  }

  private SyncReport synced(Variant cut, String after) throws IOException {
    Path file = folder.resolve("a.md");
    try (RagIndex index =
        RagIndex.builder()
            .store(InMemoryStore.create())
            .parser(parser)
            .chunker(cut.chunker())
            .embedder(embedder)
            .build()) {
      Files.writeString(file, before);
      index.sync(FolderSource.of("docs", folder));
      Files.writeString(file, after);
      return index.sync(FolderSource.of("docs", folder));
    }
  }
}
