package dev.ragindex.store.lucene;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The index that is kept for each stored format, with something of everything a store keeps. What
 * it holds never changes, or the fixtures of earlier formats could not be compared with it.
 */
final class FormatFixture {

  static final Settings SETTINGS =
      Settings.EMPTY
          .withDimension(4)
          .withIndex(Map.of("model", "golden", "embedder", "g"))
          .withSource("docs", Map.of("root", "/docs"))
          .withSource("events", Map.of());

  private static final Metadata METADATA =
      Metadata.EMPTY
          .with("text", "é\uD83D\uDE00")
          .with("whole", -7L)
          .with("real", 1.5)
          .with("flag", true)
          .with("modified", Instant.ofEpochMilli(1_700_000_000_123L))
          .with("texts", List.of("b", "a"));

  private FormatFixture() {}

  private static Fingerprint hash(String text) {
    return Fingerprint.builder("fixture").add(text).build();
  }

  static DocumentId id(String source, String key) {
    return new DocumentId(source, key);
  }

  /** Documents whole, edited later, with every kind of state. */
  static List<Mutation.Put> documents() {
    return List.of(
        put(id("docs", "a/ä.md"), null, "First text. ", "Second text. ", "First text. "),
        put(id("docs", "empty"), null),
        put(id("docs", "stale"), problem(Problem.Kind.SUSPECT), "An old version."),
        put(id("events", "a/ä.md"), null, "First text. "),
        new Mutation.Put(
            new DocumentState(
                id("docs", "broken"), null, problem(Problem.Kind.CONTENT), METADATA, 0, false),
            List.of(),
            List.of()),
        new Mutation.Put(
            new DocumentState(id("events", "gone"), null, null, Metadata.EMPTY, 42, true),
            List.of(),
            List.of()));
  }

  private static Problem problem(Problem.Kind kind) {
    return new Problem(
        Stage.PARSE,
        kind,
        "a reason",
        "v2",
        hash("bytes"),
        hash("signature"),
        2,
        Instant.ofEpochMilli(1_700_000_000_456L));
  }

  private static Mutation.Put put(DocumentId id, @Nullable Problem problem, String... texts) {
    List<StoredChunk> chunks = new ArrayList<>();
    List<Placement> layout = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < texts.length; i++) {
      int occurrence = i == 2 ? 1 : 0; // the third text is the first one again
      StoredChunk chunk = chunk(id, texts[i], occurrence, i == 1 ? "before " : "", "Heading");
      Metadata own = Metadata.EMPTY.with("n", i);
      int end = start + texts[i].length();
      List<String> headings = List.of("Heading", "Sub");
      layout.add(new Placement(chunk.id(), chunk.embeddingKey(), start, end, i + 1, headings, own));
      chunks.add(chunk);
      start = end;
    }
    Indexed indexed =
        new Indexed(
            "v1", hash("b" + id), hash("t" + id), hash("m"), hash("p"), start, texts.length);
    return new Mutation.Put(
        new DocumentState(id, indexed, problem, METADATA, 3, false), layout, chunks);
  }

  private static StoredChunk chunk(
      DocumentId id, String text, int occurrence, String overlap, String context) {
    Fingerprint key =
        StoredChunk.embeddingKeyOf(hash("model"), StoredChunk.embeddedText(context, overlap, text));
    return new StoredChunk(
        StoredChunk.idOf(id, text, occurrence), id, text, overlap, context, key, vector(text));
  }

  /** One of 16 directions. */
  static float[] vector(String text) {
    float[] vector = new float[4];
    for (int i = 0; i < 4; i++) {
      vector[i] = (text.length() >> i & 1) == 0 ? 0.5f : -0.5f;
    }
    return vector;
  }

  /** Writes the index in the format of this version, in several commits, deletions among them. */
  static void write(Path folder) {
    try (VectorStore store = LuceneStore.at(folder);
        StoreWriter writer = store.writer()) {
      DocumentId first = id("docs", "a/ä.md");
      writer.commit(
          List.of(
              new Mutation.Configure(SETTINGS),
              put(first, null, "Quite another text."),
              put(id("docs", "removed"), null, "Not to be found.")));
      writer.commit(List.copyOf(documents()));
      writer.commit(List.of(new Mutation.Remove(id("docs", "removed"))));
    }
  }

  /** Writes the index and packs it. */
  static void pack(Path zip) throws IOException {
    Path folder = Files.createTempDirectory("fixture");
    write(folder);
    Files.deleteIfExists(zip);
    URI uri = URI.create("jar:" + zip.toAbsolutePath().toUri());
    try (FileSystem packed = FileSystems.newFileSystem(uri, Map.of("create", "true"))) {
      copy(folder, packed.getPath("/"));
    }
  }

  /** Unpacks a fixture. */
  static void unpack(Path zip, Path folder) throws IOException {
    try (FileSystem packed = FileSystems.newFileSystem(zip)) {
      copy(packed.getPath("/"), folder);
    }
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
