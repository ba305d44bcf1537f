package dev.ragindex.core.chunk;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.CountedText;
import dev.ragindex.api.Document;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import java.util.List;

/** Cuts where the topic changes, as vectors of small windows of text tell. */
final class SemanticChunker implements EmbeddingChunker {

  private final UnitChunker chunker;
  private final Windows windows;
  private final Cutter cutter;
  private final ChunkLimits limits;
  private final SemanticMethod method;
  private final WindowVectors vectors;
  private final Signature signature;

  SemanticChunker(
      Embedder embedder, TokenCounter counter, ChunkLimits limits, SemanticMethod method) {
    this.chunker = new UnitChunker(Strategy.SEMANTIC, counter, limits);
    this.windows = new Windows(UnitChunker.heaviestUnit(limits));
    this.cutter = new Cutter(limits.minTokens(), limits.packing(), Strategy.SEMANTIC.strongest());
    this.limits = limits;
    this.method = method;
    this.vectors = new WindowVectors(embedder);
    this.signature =
        chunker
            .signature()
            .with("method", method)
            .with("embedder", embedder.signature().fingerprint());
  }

  private SemanticChunker(SemanticChunker other, WindowVectors vectors) {
    this.chunker = other.chunker;
    this.windows = other.windows;
    this.cutter = other.cutter;
    this.limits = other.limits;
    this.method = other.method;
    this.signature = other.signature;
    this.vectors = vectors;
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public List<Chunk> chunk(Document document) {
    return chunker.chunk(document, this::cuts);
  }

  private Cuts cuts(Document document, CountedText counted, UnitTable units) {
    String text = document.text();
    UnitTable joined = windows.join(counted, units);
    return switch (method) {
      case CLUSTER -> ClusterCuts.find(text, joined, vectors, cutter, limits);
      case PERCENTILE -> new LevelCuts(TopicBreaks.raise(text, joined, vectors), cutter);
    };
  }

  @Override
  public Embedder embedder() {
    return vectors.embedder();
  }

  @Override
  public EmbeddingChunker through(Calls calls) {
    return new SemanticChunker(this, vectors.through(calls));
  }
}
