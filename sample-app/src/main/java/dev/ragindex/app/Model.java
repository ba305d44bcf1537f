package dev.ragindex.app;

import dev.ragindex.api.Embedder;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.embedder.onnx.OnnxEmbedder;
import java.util.function.Supplier;

/** The embedding models by the names the command line gives them. */
enum Model {
  MINILM("minilm", OnnxEmbedder::miniLm),
  BGE_SMALL("bge-small", OnnxEmbedder::bgeSmall),
  E5_SMALL("e5-small", OnnxEmbedder::e5Small),
  HASHING("hashing", HashingEmbedder::create);

  private static final String NAMES = "minilm, bge-small, e5-small or hashing";

  private final String label;
  private final Supplier<Embedder> opener;

  Model(String label, Supplier<Embedder> opener) {
    this.label = label;
    this.opener = opener;
  }

  /**
   * Finds a model.
   *
   * @throws Refusal if there is none of that name
   */
  static Model named(String name) {
    for (Model model : values()) {
      if (model.label.equals(name)) {
        return model;
      }
    }
    if (name.startsWith("onnx:") || name.startsWith("openai:")) {
      throw Later.refusal("--model " + name);
    }
    throw new Refusal("there is no model '" + name + "'", "name " + NAMES);
  }

  String label() {
    return label;
  }

  /** Loads the model. */
  Embedder open() {
    return opener.get();
  }
}
