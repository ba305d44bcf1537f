package dev.ragindex.embedder.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class JarFilesTest {

  static final List<OnnxModel> MODELS =
      List.of(OnnxModel.MINI_LM, OnnxModel.BGE_SMALL, OnnxModel.E5_SMALL);

  @ParameterizedTest
  @FieldSource("MODELS")
  void what_is_written_down_is_what_reading_the_files_gives(OnnxModel model) {
    JarFiles files = (JarFiles) model.files();

    assertThat(files.known()).isNotNull();
    assertThat(files.identity()).isEqualTo(Identity.of(files, files.readTokenizer(), model));
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void other_files_under_the_same_name_are_read(OnnxModel model) {
    JarFiles files = (JarFiles) model.files();
    JarFiles.Entry longer = new JarFiles.Entry(files.model().size() + 1, files.model().crc());
    JarFiles.Entry changed =
        new JarFiles.Entry(files.tokenizer().size(), files.tokenizer().crc() ^ 1);

    assertThat(with(files, longer, files.tokenizer()).known()).isNull();
    assertThat(with(files, files.model(), changed).known()).isNull();
    assertThat(signature(model, with(files, longer, files.tokenizer())))
        .isEqualTo(signature(model, files));
  }

  private static JarFiles with(JarFiles files, JarFiles.Entry model, JarFiles.Entry tokenizer) {
    return new JarFiles(files.name(), files.artifact(), model, tokenizer, files.identity());
  }

  private static String signature(OnnxModel model, JarFiles files) {
    OnnxModel other =
        new OnnxModel(
            model.name(),
            files,
            model.dimension(),
            model.kept(),
            model.maxTokens(),
            model.pooling(),
            model.documentPrefix(),
            model.queryPrefix());
    try (OnnxEmbedder embedder = new OnnxEmbedder(other)) {
      return embedder.signature() + " " + embedder.limits() + " " + embedder.tokenCounter().name();
    }
  }
}
