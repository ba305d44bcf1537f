package dev.ragindex.app;

import dev.ragindex.api.Chunker;
import dev.ragindex.api.Embedder;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import org.jspecify.annotations.Nullable;

/** The ways to cut documents, by the names the command line gives them. */
enum Strategy {
  FIXED("fixed"),
  RECURSIVE("recursive"),
  SENTENCE("sentence"),
  STRUCTURE("structure"),
  SEMANTIC("semantic");

  private static final String NAMES = "fixed, recursive, sentence, structure or semantic";

  private final String label;

  Strategy(String label) {
    this.label = label;
  }

  /**
   * Finds a strategy; without a name, the default.
   *
   * @throws Refusal if there is none of that name
   */
  static Strategy named(@Nullable String name) {
    if (name == null) {
      return RECURSIVE;
    }
    for (Strategy strategy : values()) {
      if (strategy.label.equals(name)) {
        return strategy;
      }
    }
    throw new Refusal("there is no chunker '" + name + "'", "name " + NAMES);
  }

  String label() {
    return label;
  }

  /** A chunker that counts as the model does, and asks it for the meaning if it has to. */
  Chunker chunker(Embedder embedder, ChunkLimits limits) {
    return switch (this) {
      case FIXED, RECURSIVE, SENTENCE, STRUCTURE ->
          Chunkers.named(label, embedder.tokenCounter(), limits);
      case SEMANTIC -> Chunkers.semantic(embedder, limits);
    };
  }
}
