package dev.ragindex.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Listing;
import dev.ragindex.api.MetadataValue;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {

  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<SourceDocument> documents(FolderSource source) throws IOException {
    List<SourceDocument> documents = new ArrayList<>();
    try (Listing listing = source.list()) {
      listing.forEachRemaining(documents::add);
    }
    return documents;
  }

  private static List<String> keys(FolderSource source) throws IOException {
    return documents(source).stream().map(document -> document.id().key()).toList();
  }

  private static long excluded(FolderSource source) throws IOException {
    try (Listing listing = source.list()) {
      while (listing.hasNext()) {
        listing.next();
      }
      return listing.excluded();
    }
  }

  private FolderSource source() {
    return FolderSource.of("notes", folder);
  }

  @Test
  void files_of_all_depths_are_listed_by_name() throws IOException {
    write("b.txt", "b");
    write("a/deep/er/c.md", "c");
    write("a/a.html", "a");

    assertThat(keys(source())).containsExactly("a/a.html", "a/deep/er/c.md", "b.txt");
  }

  @Test
  void hidden_files_version_control_and_indexes_are_left_out_and_counted() throws IOException {
    write(".hidden", "x");
    write(".git/config", "x");
    write("CVS/Root", "x");
    write("index/" + VectorStore.FOLDER_MARKER, "");
    write("index/segments_1", "x");
    write("kept.txt", "x");

    assertThat(keys(source())).containsExactly("kept.txt");
    assertThat(excluded(source())).isEqualTo(4);
  }

  @Test
  void globs_include_and_exclude() throws IOException {
    write("a.md", "x");
    write("sub/b.md", "x");
    write("sub/c.txt", "x");
    write("drafts/d.md", "x");

    assertThat(keys(source().include("*.md"))).containsExactly("a.md", "drafts/d.md", "sub/b.md");
    assertThat(keys(source().include("*.md").exclude("drafts")))
        .containsExactly("a.md", "sub/b.md");
    assertThat(keys(source().exclude("drafts/**").exclude("*.txt")))
        .containsExactly("a.md", "sub/b.md");
    assertThat(keys(source().include("sub/*"))).containsExactly("sub/b.md", "sub/c.txt");
    assertThat(keys(source().include("{a,b}.md"))).containsExactly("a.md", "sub/b.md");
  }

  @Test
  void link_out_of_the_root_is_not_followed_and_one_to_a_file_inside_is() throws IOException {
    Path outside = Files.createTempFile("outside", ".txt");
    write("inside/real.txt", "x");
    Files.createSymbolicLink(folder.resolve("out.txt"), outside);
    Files.createSymbolicLink(folder.resolve("in.txt"), folder.resolve("inside/real.txt"));
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));

    assertThat(keys(source())).containsExactly("in.txt", "inside/real.txt");
    assertThat(excluded(source())).isEqualTo(3);
    Files.delete(outside);
  }

  @Test
  void names_that_are_not_utf_8_stay_apart_and_can_be_opened() throws IOException {
    Files.writeString(raw("caf%E9.txt"), "one");
    Files.writeString(raw("caf%EA.txt"), "two");
    Files.writeString(raw("caf%C3%A9.txt"), "three");
    Files.writeString(raw("100%25E9.txt"), "four");
    Files.writeString(raw("line%0Abreak.txt"), "five");

    List<SourceDocument> documents = documents(source());

    assertThat(documents)
        .extracting(document -> document.id().key())
        .containsExactlyInAnyOrder(
            "caf%E9.txt", "caf%EA.txt", "café.txt", "100%25E9.txt", "line\nbreak.txt");
    List<String> texts = new ArrayList<>();
    for (SourceDocument document : documents) {
      texts.add(read(document));
      assertThat(read(source().find(document.id().key()))).isEqualTo(texts.getLast());
    }
    assertThat(texts).containsExactlyInAnyOrder("one", "two", "three", "four", "five");
  }

  private Path raw(String name) {
    return Path.of(URI.create(folder.toUri() + name));
  }

  private static String read(SourceDocument document) throws IOException {
    try (InputStream in = document.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void metadata_are_path_extension_and_time() throws IOException {
    write("a/Report.PDF", "x");
    Instant time = Instant.parse("2020-01-02T03:04:05Z");
    Files.setLastModifiedTime(folder.resolve("a/Report.PDF"), FileTime.from(time));

    SourceDocument document = documents(source()).getFirst();

    assertThat(document.metadata().values())
        .containsEntry("path", new MetadataValue.Text("a/Report.PDF"))
        .containsEntry("extension", new MetadataValue.Text("pdf"))
        .containsEntry("modified", new MetadataValue.Moment(time))
        .hasSize(3);
  }

  @Test
  void young_file_has_no_version_and_an_old_one_has_one_that_changes_with_it() throws IOException {
    write("a.txt", "one");
    Path file = folder.resolve("a.txt");
    Instant modified = Files.getLastModifiedTime(file).toInstant();
    FolderSource soon = at(modified.plusMillis(1_900));
    FolderSource later = at(modified.plusMillis(2_001));

    assertThat(documents(soon).getFirst().version()).isNull();
    String version = documents(later).getFirst().version();
    assertThat(version).isNotNull().isEqualTo(documents(later).getFirst().version());
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, FileTime.from(modified));
    assertThat(documents(later).getFirst().version()).isNotEqualTo(version);
  }

  private FolderSource at(Instant now) {
    return source().clock(Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void file_from_the_future_has_no_version() throws IOException {
    write("a.txt", "one");
    Files.setLastModifiedTime(
        folder.resolve("a.txt"), FileTime.from(Instant.now().plus(Duration.ofDays(1))));

    assertThat(documents(source()).getFirst().version()).isNull();
  }

  @Test
  void file_that_changes_while_it_is_read_is_an_error() throws IOException {
    write("a.txt", "one");
    SourceDocument document = documents(source()).getFirst();

    try (InputStream in = document.open()) {
      in.read();
      Files.writeString(folder.resolve("a.txt"), "another text");
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("changed while it was read");
    }
  }

  @Test
  void file_deleted_after_listing_is_no_such_file() throws IOException {
    write("a.txt", "one");
    SourceDocument document = documents(source()).getFirst();
    Files.delete(folder.resolve("a.txt"));

    assertThatThrownBy(document::open).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void folder_that_vanishes_while_listing_takes_nothing_with_it() throws IOException {
    write("a.txt", "one");
    write("z/b.txt", "two");

    try (Listing listing = source().list()) {
      listing.next();
      Files.delete(folder.resolve("z/b.txt"));
      Files.delete(folder.resolve("z"));

      assertThat(listing.hasNext()).isFalse();
    }
  }

  @Test
  void find_cannot_tell_once_the_whole_folder_is_gone() throws IOException {
    Path root = Files.createDirectory(folder.resolve("mount"));
    FolderSource source = FolderSource.of("notes", root);
    assertThat(source.find("a.txt")).isNull();

    Files.delete(root);

    assertThatThrownBy(() -> source.find("a.txt")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void find_gives_what_listing_would_and_nothing_else() throws IOException {
    write("a/b.txt", "x");
    write(".git/config", "x");
    write("drafts/d.md", "x");
    FolderSource source = source().exclude("drafts");

    assertThat(source.find("a/b.txt").id().key()).isEqualTo("a/b.txt");
    assertThat(source.find("a/none.txt")).isNull();
    assertThat(source.find(".git/config")).isNull();
    assertThat(source.find("drafts/d.md")).isNull();
    assertThat(source.find("../" + folder.getFileName() + "/a/b.txt")).isNull();
    assertThat(source.find("a")).isNull();
  }

  @Test
  void missing_folder_is_said_so() {
    assertThatThrownBy(() -> FolderSource.of("notes", folder.resolve("none")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("there is no folder");
  }
}
