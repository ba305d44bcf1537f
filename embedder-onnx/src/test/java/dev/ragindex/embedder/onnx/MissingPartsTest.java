package dev.ragindex.embedder.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ragindex.api.IndexingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingPartsTest {

  @Test
  void a_platform_without_native_library_is_named() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dos.arch=pdp11",
                "-cp",
                System.getProperty("java.class.path"),
                EmbedOnce.class.getName())
            .redirectErrorStream(true)
            .start();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(output).contains("INFRASTRUCTURE", "no native library that loads here", "pdp11");
  }

  @Test
  void a_missing_model_file_is_named_with_the_artifact_that_has_it() {
    OnnxModel model = new OnnxModel("nowhere", "group:artifact", 3, 8, Pooling.MEAN, "", "");

    assertThatExceptionOfType(IndexingException.class)
        .isThrownBy(model::modelBytes)
        .withMessage("nowhere.onnx is not on the class path; add group:artifact");
  }

  /** Prints how embedding fails. */
  static final class EmbedOnce {
    public static void main(String[] arguments) {
      try (OnnxEmbedder embedder = OnnxEmbedder.miniLm()) {
        embedder.embed(List.of("text"));
      } catch (IndexingException e) {
        System.out.println(e.kind() + " " + e.getMessage());
      }
    }
  }
}
