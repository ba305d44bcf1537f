package dev.ragindex.app;

import dev.ragindex.api.Embedder;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.embedder.onnx.OnnxEmbedder;

/** The embedding models by the names the command line gives them. */
enum Model {
  MINILM("minilm"),
  BGE_SMALL("bge-small"),
  E5_SMALL("e5-small"),
  HASHING("hashing");

  private static final String NAMES = "minilm, bge-small, e5-small or hashing";

  private final String label;

  Model(String label) {
    this.label = label;
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
    return switch (this) {
      case MINILM -> OnnxEmbedder.miniLm();
      case BGE_SMALL -> OnnxEmbedder.bgeSmall();
      case E5_SMALL -> OnnxEmbedder.e5Small();
      case HASHING -> HashingEmbedder.create();
    };
  }
}
