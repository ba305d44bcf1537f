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
  STRUCTURE("structure");

  private static final String NAMES = "fixed, recursive, sentence or structure";

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
    if (name.equals("semantic")) {
      throw Later.refusal("--chunker " + name);
    }
    throw new Refusal("there is no chunker '" + name + "'", "name " + NAMES);
  }

  String label() {
    return label;
  }

  /** A chunker that counts as the model does. */
  Chunker chunker(Embedder embedder, ChunkLimits limits) {
    return Chunkers.named(label, embedder.tokenCounter(), limits);
  }
}
