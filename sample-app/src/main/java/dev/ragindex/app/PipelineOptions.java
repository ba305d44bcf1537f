package dev.ragindex.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How documents become chunks and vectors; what is left out is as the index remembers it. */
final class PipelineOptions {

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "minilm (default), bge-small, e5-small; onnx:DIR, a BERT-like model in a folder;"
              + " openai:NAME, with the key in OPENAI_API_KEY and, for other servers,"
              + " OPENAI_BASE_URL; hashing: no model at all, for tests.")
  @Nullable String model;

  @Option(
      names = "--chunker",
      paramLabel = "NAME",
      description =
          "How documents are cut: recursive (default), structure, sentence, fixed, or semantic,"
              + " which embeds the text twice.")
  @Nullable String chunker;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Most tokens of a chunk (default: what suits the model).")
  @Nullable Integer maxTokens;

  @Option(
      names = "--overlap",
      paramLabel = "N",
      description = "Tokens repeated from the chunk before (default: 0).")
  @Nullable Integer overlap;
}
