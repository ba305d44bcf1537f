package dev.ragindex.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A folder of documents with its index, kept for each stored format. */
final class FormatFixture {

  private FormatFixture() {}

  /** Writes documents, indexes them with this version, and packs both. */
  static void pack(Path zip) throws IOException {
    Path folder = Files.createTempDirectory("fixture");
    Workplace at =
        Workplace.in(folder)
            .write("leave.md", "# Leave\n\n28 days.\n\n## Special leave\n\nOne day for moving.\n")
            .write(
                "notes/canteen.txt", "Lunch is served from a quarter to twelve. Gr\u00fc\u00dfe!\n")
            .write("notes/copy.txt", "Lunch is served from a quarter to twelve. Gr\u00fc\u00dfe!\n")
            .write(
                "page.html",
                "<html><head><title>Travel</title></head><body><nav>Home</nav>"
                    + "<h1>Travel</h1><p>Trains first.</p><ul><li>one<li>two</ul></body></html>")
            .write("broken.pdf", "%PDF-1.7 this is no PDF");
    for (int i = 0; i < 5; i++) {
      at.write("rules/" + i + ".md", rules(i));
    }
    at.sync("--max-tokens", 60, "--overlap", 8);
    Files.deleteIfExists(zip);
    URI uri = URI.create("jar:" + zip.toAbsolutePath().toUri());
    try (FileSystem packed = FileSystems.newFileSystem(uri, Map.of("create", "true"))) {
      copy(folder, packed.getPath("/"));
    }
  }

  private static String rules(int number) {
    StringBuilder text = new StringBuilder("# Rules ").append(number).append('\n');
    for (int i = 0; i < 30; i++) {
      text.append("\nRule ").append(i).append(" of ").append(number).append(" is in force.\n");
    }
    return text.toString();
  }

  /** Unpacks a fixture. */
  static Workplace unpack(Path zip, Path folder) throws IOException {
    try (FileSystem packed = FileSystems.newFileSystem(zip)) {
      copy(packed.getPath("/"), folder);
    }
    return Workplace.in(folder);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
