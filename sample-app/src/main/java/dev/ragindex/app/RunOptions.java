package dev.ragindex.app;

import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncOptions;
import dev.ragindex.core.source.FolderSource;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What a run takes, whether it is carried out or only looked at. */
final class RunOptions {

  @Parameters(paramLabel = "FOLDER", description = "The folder with the documents.")
  Path folder = Path.of("");

  @Mixin final FolderOptions files = new FolderOptions();
  @Mixin final IndexOptions index = new IndexOptions();
  @Mixin final PipelineOptions stages = new PipelineOptions();
  @Mixin final PriceOptions prices = new PriceOptions();
  @Mixin final GuardOptions guard = new GuardOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  /** The folder as a source. */
  FolderSource source() {
    return files.source(folder, index.folder());
  }

  /** The stages for the folder. */
  Pipeline pipeline(FolderSource source) {
    return Pipeline.of(stages, index.settings(), source.name());
  }

  /** Opens the index and does something with it. */
  <R> R run(Pipeline pipeline, ProgressLine progress, Work<R> work) {
    SyncOptions options = guard.options().remember(pipeline.toRemember()).listener(progress);
    try (RagIndex ragIndex = pipeline.open(index)) {
      return work.with(ragIndex, options);
    }
  }

  /** What it costs. */
  Bill bill(Pipeline pipeline) {
    return new Bill(pipeline.model(), prices.prices());
  }

  /** What is done with an open index. */
  interface Work<R> {
    R with(RagIndex ragIndex, SyncOptions options);
  }
}
