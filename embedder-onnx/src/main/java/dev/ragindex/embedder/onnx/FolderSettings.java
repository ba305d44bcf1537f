package dev.ragindex.embedder.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a folder's files say of its model.
 *
 * @param config the model's own, {@code config.json}
 * @param modules which steps Sentence Transformers takes, {@code modules.json}
 * @param transformer the first of them, {@code sentence_bert_config.json}
 * @param poolingConfig the second, {@code 1_Pooling/config.json}
 * @param sentenceTransformers of all, {@code config_sentence_transformers.json}
 */
record FolderSettings(
    JsonFile config,
    JsonFile modules,
    JsonFile transformer,
    JsonFile poolingConfig,
    JsonFile sentenceTransformers) {

  private static final String POOLING_MODE = "pooling_mode_";

  FolderSettings {
    requireKnownModules(modules);
  }

  static FolderSettings read(Path folder) {
    return new FolderSettings(
        JsonFile.read(folder.resolve("config.json")),
        JsonFile.read(folder.resolve("modules.json")),
        JsonFile.read(folder.resolve("sentence_bert_config.json")),
        JsonFile.read(folder.resolve("1_Pooling").resolve("config.json")),
        JsonFile.read(folder.resolve("config_sentence_transformers.json")));
  }

  int dimension() {
    Integer hidden = config.number("hidden_size");
    if (hidden == null) {
      throw missing("hidden_size", "dimension");
    }
    return hidden;
  }

  int maxTokens() {
    Integer sequence = transformer.number("max_seq_length");
    Integer positions = config.number("max_position_embeddings");
    if (sequence == null && positions == null) {
      throw missing("max_position_embeddings", "number of tokens");
    }
    int most = Integer.MAX_VALUE;
    return Math.min(sequence == null ? most : sequence, positions == null ? most : positions);
  }

  /** The mean is what Sentence Transformers takes, too, where nothing is said. */
  Pooling pooling() {
    List<String> modes =
        poolingConfig.fields().keySet().stream()
            .filter(field -> field.startsWith(POOLING_MODE) && poolingConfig.flag(field))
            .toList();
    if (modes.isEmpty()) {
      return Pooling.MEAN;
    }
    return switch (modes.getFirst()) {
      case String mode when modes.size() > 1 -> throw unsupportedPooling(mode);
      case POOLING_MODE + "mean_tokens" -> Pooling.MEAN;
      case POOLING_MODE + "cls_token" -> Pooling.CLS;
      case String mode -> throw unsupportedPooling(mode);
    };
  }

  String documentPrefix() {
    return prompt("document", "passage");
  }

  String queryPrefix() {
    return prompt("query");
  }

  private String prompt(String... names) {
    for (String name : names) {
      String prompt = sentenceTransformers.text("prompts." + name);
      if (prompt != null) {
        return prompt;
      }
    }
    String otherwise = sentenceTransformers.text("default_prompt_name");
    String prompt = otherwise == null ? null : sentenceTransformers.text("prompts." + otherwise);
    return prompt == null ? "" : prompt;
  }

  private IllegalArgumentException unsupportedPooling(String mode) {
    return poolingConfig.unsupported(mode, "either mean_tokens or cls_token, alone");
  }

  private IllegalArgumentException missing(String field, String what) {
    return new IllegalArgumentException(
        "%s does not say \"%s\": state the model's %s".formatted(config.path(), field, what));
  }

  private static void requireKnownModules(JsonFile modules) {
    for (Map.Entry<String, String> field : modules.fields().entrySet()) {
      String module = field.getValue().substring(field.getValue().lastIndexOf('.') + 1);
      if (field.getKey().endsWith(".type")
          && !List.of("Transformer", "Pooling", "Normalize").contains(module)) {
        throw modules.unsupported(field.getKey(), "Transformer, Pooling or Normalize");
      }
    }
  }
}
