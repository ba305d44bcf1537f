package dev.ragindex.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Source} must do. The rules and their numbers stand in the javadoc of {@link
 * Source}; the tests carry the same numbers.
 */
public abstract class SourceContract {

  /** For subclasses. */
  protected SourceContract() {}

  /**
   * The source under test. Each test begins with one that has no documents; called again within a
   * test, this opens the same place as the next run would.
   *
   * @return the source
   */
  protected abstract Source open();

  /**
   * Makes a document be there with these bytes, new or changed.
   *
   * @param key a key of the form {@code part/name.txt}
   * @param bytes its content
   * @throws IOException if the place fails
   */
  protected abstract void write(String key, byte[] bytes) throws IOException;

  /**
   * Makes a document be gone.
   *
   * @param key its key
   * @throws IOException if the place fails
   */
  protected abstract void delete(String key) throws IOException;

  /**
   * Makes a part of the place unlistable, as far as that can be done to it.
   *
   * @param part the first part of the keys, without the slash
   * @return false if it cannot be done here
   * @throws IOException if the place fails
   */
  protected abstract boolean hide(String part) throws IOException;

  private void write(String key, String text) throws IOException {
    write(key, text.getBytes(UTF_8));
  }

  private void writeThree() throws IOException {
    write("a/one.txt", "one");
    write("a/two.txt", "two, longer");
    write("b/three.txt", "");
  }

  private Listed list() throws IOException {
    List<SourceDocument> documents = new ArrayList<>();
    try (Listing listing = open().list()) {
      listing.forEachRemaining(documents::add);
      return new Listed(documents, listing.uncovered());
    }
  }

  @Test
  void L1_each_document_is_listed_once_under_the_name_of_the_source() throws IOException {
    writeThree();
    Listed listed = list();
    assertThat(listed.keys()).containsExactlyInAnyOrder("a/one.txt", "a/two.txt", "b/three.txt");
    assertThat(listed.documents())
        .allSatisfy(document -> assertThat(document.id().source()).isEqualTo(open().name()));
    assertThat(listed.uncovered()).isEmpty();
  }

  @Test
  void L2_what_did_not_change_is_listed_equal() throws IOException {
    writeThree();
    assertThat(list().described()).isEqualTo(list().described());
    assertThat(open().name()).isEqualTo(open().name());
    assertThat(open().root()).isEqualTo(open().root());
  }

  @Test
  void L3_a_document_that_is_found_is_the_one_that_is_listed() throws IOException {
    writeThree();
    for (SourceDocument listed : list().documents()) {
      SourceDocument found = open().find(listed.id().key());
      assertThat(found).isNotNull();
      assertThat(Described.of(Objects.requireNonNull(found))).isEqualTo(Described.of(listed));
    }
    assertThat(open().find("a/never there.txt")).isNull();
  }

  @Test
  void L4_other_bytes_have_another_version_or_none() throws IOException {
    write("a/one.txt", "one");
    String before = list().documents().getFirst().version();
    write("a/one.txt", "two, longer");
    String after = list().documents().getFirst().version();
    assertThat(after == null || !after.equals(before)).as("%s, then %s", before, after).isTrue();
  }

  @Test
  void L5_a_document_opens_from_its_first_byte_each_time() throws IOException {
    byte[] bytes = new byte[100_000];
    bytes[1] = 1;
    bytes[99_999] = -1;
    write("a/one.txt", bytes);
    SourceDocument document = list().documents().getFirst();
    for (int i = 0; i < 2; i++) {
      try (InputStream in = document.open()) {
        assertThat(in.readAllBytes()).isEqualTo(bytes);
      }
    }
    assertThat(document.size()).isIn(-1L, 100_000L);
  }

  @Test
  void L6_what_is_gone_is_neither_listed_nor_found_nor_opened() throws IOException {
    writeThree();
    SourceDocument gone = open().find("a/one.txt");
    delete("a/one.txt");
    assertThat(list().keys()).containsExactlyInAnyOrder("a/two.txt", "b/three.txt");
    assertThat(open().find("a/one.txt")).isNull();
    assertThatThrownBy(() -> Objects.requireNonNull(gone).open().close())
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void L7_what_cannot_be_listed_is_uncovered_not_absent() throws IOException {
    writeThree();
    if (!hide("a")) {
      return;
    }
    Listed listed = list();
    assertThat(listed.keys()).containsExactly("b/three.txt");
    assertThat(listed.uncovered())
        .anyMatch(part -> part.contains("a/one.txt"))
        .anyMatch(part -> part.contains("a/two.txt"))
        .noneMatch(part -> part.contains("b/three.txt"));
    assertThatThrownBy(() -> open().find("a/one.txt")).isInstanceOf(IOException.class);
  }

  @Test
  void L8_a_listing_may_be_left_before_its_end() throws IOException {
    writeThree();
    try (Listing listing = open().list()) {
      listing.next();
    }
    assertThat(list().keys()).hasSize(3);
  }

  /** What a listing showed. */
  private record Listed(List<SourceDocument> documents, List<Listing.Uncovered> uncovered) {

    List<String> keys() {
      return documents.stream().map(document -> document.id().key()).toList();
    }

    Set<Described> described() {
      Set<Described> described = new HashSet<>();
      documents.forEach(document -> described.add(Described.of(document)));
      return described;
    }
  }

  /** All that is said of a document before it is read; the version may yet come to be trusted. */
  private record Described(DocumentId id, String name, long size, Metadata metadata) {
    static Described of(SourceDocument document) {
      return new Described(document.id(), document.name(), document.size(), document.metadata());
    }
  }
}
