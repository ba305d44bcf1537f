package dev.ragindex.core.chunk;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.Document;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import java.util.List;

/** Cuts where the topic changes, as vectors of small windows of text tell. */
final class SemanticChunker implements MeteredChunker {

  private final UnitChunker chunker;
  private final WindowVectors vectors;
  private final Signature signature;

  SemanticChunker(
      Embedder embedder, TokenCounter counter, ChunkLimits limits, SemanticMethod method) {
    this.vectors = new WindowVectors(embedder);
    Windows windows = new Windows(UnitChunker.heaviestUnit(limits));
    Cutter cutter = new Cutter(limits.minTokens(), limits.packing(), Strategy.SEMANTIC.strongest());
    this.chunker =
        new UnitChunker(
            Strategy.SEMANTIC,
            counter,
            limits,
            (document, counted, units) -> {
              String text = document.text();
              UnitTable joined = windows.join(counted, units);
              return switch (method) {
                case CLUSTER -> ClusterCuts.find(text, joined, vectors, cutter, limits);
                case PERCENTILE -> new LevelCuts(TopicBreaks.raise(text, joined, vectors), cutter);
              };
            });
    this.signature =
        chunker
            .signature()
            .with("method", method)
            .with("embedder", embedder.signature().fingerprint());
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public List<Chunk> chunk(Document document) {
    return chunker.chunk(document);
  }

  @Override
  public long tokensEmbedded() {
    return vectors.tokensEmbedded();
  }
}
