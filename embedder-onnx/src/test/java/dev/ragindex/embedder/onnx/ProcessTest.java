package dev.ragindex.embedder.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ragindex.api.IndexingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process around the embedder bears on it: platform, folders, files, its end. */
class ProcessTest {

  @Test
  void a_platform_without_native_library_is_named() throws Exception {
    assertThat(output("-Dos.arch=pdp11"))
        .contains("INFRASTRUCTURE", "no native library that loads here", "pdp11");
  }

  @Test
  void a_temporary_folder_that_cannot_be_written_is_named(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("missing");

    assertThat(output("-Djava.io.tmpdir=" + missing))
        .contains("INFRASTRUCTURE", "java.io.tmpdir, which is " + missing);
  }

  @Test
  void only_the_temporary_folder_is_written_to(@TempDir Path folder) throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path home = Files.createDirectory(folder.resolve("home"));

    String output = output(folder, "-Djava.io.tmpdir=" + temporary, "-Duser.home=" + home);

    assertThat(output).contains("384 floats");
    try (Stream<Path> left = Files.walk(folder).filter(Files::isRegularFile)) {
      assertThat(left).as("removed at exit").isEmpty();
    }
  }

  @Test
  void a_missing_model_file_is_named_with_the_artifact_that_has_it() {
    JarFiles.Entry none = new JarFiles.Entry(0, 0);
    JarFiles files =
        new JarFiles(
            "nowhere", "group:artifact", none, none, new Identity("", "", "counter", 2, 0));

    assertThatExceptionOfType(IndexingException.class)
        .isThrownBy(files::known)
        .withMessage("nowhere.onnx is not on the class path; add group:artifact");
  }

  @Test
  void runs_in_flight_survive_the_beginning_of_the_end() throws Exception {
    String output = output(Path.of("."), EmbedWhileExiting.class, List.of());

    assertThat(output).contains("still embedding");
  }

  @Test
  void a_model_loaded_while_the_process_ends_is_loaded_and_works() throws Exception {
    String output = output(Path.of("."), LoadWhileExiting.class, List.of());

    assertThat(output).contains("loaded 10 times");
  }

  private static String output(String option) throws Exception {
    return output(Path.of("."), option);
  }

  /** What is printed by a process that embeds a text. */
  private static String output(Path workingFolder, String... options) throws Exception {
    return output(workingFolder, EmbedOnce.class, List.of(options));
  }

  private static String output(Path workingFolder, Class<?> program, List<String> options)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
    Process process =
        new ProcessBuilder(command)
            .directory(workingFolder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** Prints how embedding goes. */
  static final class EmbedOnce {
    public static void main(String[] arguments) {
      try (OnnxEmbedder embedder = OnnxEmbedder.miniLm()) {
        System.out.println(embedder.embedQuery("text").length + " floats");
      } catch (IndexingException e) {
        System.out.println(e.kind() + " " + e.getMessage());
      }
    }
  }

  /** Ends while two threads embed; one more hook of the many gives them time to finish. */
  static final class EmbedWhileExiting {
    private static final AtomicInteger EMBEDDED = new AtomicInteger();

    public static void main(String[] arguments) {
      OnnxEmbedder embedder = OnnxEmbedder.miniLm();
      embedder.embedQuery("text");
      for (int i = 0; i < 2; i++) {
        Thread.ofPlatform().daemon().start(() -> embedForEver(embedder));
      }
      Runtime.getRuntime().addShutdownHook(new Thread(EmbedWhileExiting::settle));
      System.exit(0);
    }

    private static void embedForEver(OnnxEmbedder embedder) {
      while (true) {
        embedder.embedQuery("word ".repeat(200));
        EMBEDDED.incrementAndGet();
      }
    }

    private static void settle() {
      int before = EMBEDDED.get();
      while (EMBEDDED.get() < before + 20) {
        Thread.onSpinWait();
      }
      System.out.println("still embedding");
    }
  }

  /** Loads models while hooks run, among them the one by which ONNX Runtime cleans up. */
  static final class LoadWhileExiting {
    public static void main(String[] arguments) {
      try (OnnxEmbedder first = OnnxEmbedder.miniLm()) {
        first.embedQuery("text");
      }
      Runtime.getRuntime().addShutdownHook(new Thread(LoadWhileExiting::load));
      System.exit(0);
    }

    private static void load() {
      for (int i = 0; i < 10; i++) {
        try (OnnxEmbedder embedder = OnnxEmbedder.miniLm()) {
          embedder.embedQuery("text");
        }
      }
      System.out.println("loaded 10 times");
    }
  }
}
