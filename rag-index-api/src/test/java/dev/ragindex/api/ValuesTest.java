package dev.ragindex.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  private static final DocumentId ID = new DocumentId("source", "key");

  @Test
  void text_is_cleaned_without_moving_an_offset() {
    String dirty = "a\u0000b\uD800c\uDC00\uD83D\uDE00";

    assertThat(CanonicalText.clean(dirty)).isEqualTo("a\uFFFDb\uFFFDc\uFFFD\uD83D\uDE00");
    assertThat(CanonicalText.isClean(dirty)).isFalse();
    assertThat(CanonicalText.clean("clean 😀")).isEqualTo("clean 😀");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u0000"})
  void bad_source_names_are_refused(String name) {
    assertThatThrownBy(() -> new DocumentId(name, "key"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keys_may_hold_line_breaks_but_nothing_a_store_cannot_keep() {
    assertThat(new DocumentId("s", "line\nbreak").key()).isEqualTo("line\nbreak");
    assertThatThrownBy(() -> new DocumentId("s", "\u0000"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DocumentId("s", "k".repeat(8_193)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8193");
  }

  @Test
  void document_refuses_blocks_that_overlap_or_lie_in_the_wrong_part() {
    Block body = new Block(Block.Kind.PARAGRAPH, Block.Layer.BODY, 0, 5, 0, 0);
    Block overlapping = new Block(Block.Kind.PARAGRAPH, Block.Layer.BODY, 4, 6, 0, 0);
    Block note = new Block(Block.Kind.PARAGRAPH, Block.Layer.NOTE, 5, 6, 0, 0);

    assertThat(document("0123456789", 6, List.of(body)).indexedText()).isEqualTo("012345");
    assertThatThrownBy(() -> document("0123456789", 6, List.of(body, overlapping)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> document("0123456789", 6, List.of(note)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> document("0123456789", 4, List.of(body)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> document("\u0000", 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Document document(String text, int indexedEnd, List<Block> blocks) {
    return new Document(
        ID, text, indexedEnd, blocks, null, "text/plain", Metadata.EMPTY, List.of());
  }

  @Test
  void block_levels_fit_their_kind() {
    assertThatThrownBy(() -> new Block(Block.Kind.HEADING, Block.Layer.BODY, 0, 1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Block(Block.Kind.CODE, Block.Layer.BODY, 0, 1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Block(Block.Kind.CODE, Block.Layer.BODY, 1, 1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void put_refuses_chunks_that_its_layout_does_not_name() {
    StoredChunk chunk = chunk("text");
    Placement placement =
        new Placement(chunk.id(), chunk.embeddingKey(), 0, 4, 0, List.of(), Metadata.EMPTY);
    DocumentState state = new DocumentState(ID, null, null, Metadata.EMPTY, 0, false);

    assertThat(new Mutation.Put(state, List.of(placement), List.of(chunk)).chunks()).hasSize(1);
    assertThatThrownBy(() -> new Mutation.Put(state, List.of(), List.of(chunk)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Mutation.Put(state, List.of(placement, placement), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static StoredChunk chunk(String text) {
    Fingerprint key = Fingerprint.ofBytes(new byte[1]);
    return new StoredChunk(StoredChunk.idOf(ID, text, 0), ID, text, "", "", key, null);
  }

  @Test
  void stored_chunks_are_equal_by_the_values_of_their_vectors() {
    StoredChunk chunk = chunk("text");

    assertThat(chunk.withVector(new float[] {1})).isEqualTo(chunk.withVector(new float[] {1}));
    assertThat(chunk.withVector(new float[] {1})).isNotEqualTo(chunk.withVector(new float[] {2}));
    assertThat(chunk.toString()).doesNotContain("text");
  }

  @Test
  void search_request_is_checked() {
    assertThatThrownBy(() -> SearchRequest.of(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SearchRequest.of("a").top(0))
        .isInstanceOf(IllegalArgumentException.class);
    SearchRequest request =
        SearchRequest.of("a").where(Filter.eq("k", "v")).where(Filter.exists("k"));
    assertThat(request.filter()).isEqualTo(Filter.and(Filter.eq("k", "v"), Filter.exists("k")));
  }

  @Test
  void settings_are_laid_over_each_other() {
    Settings settings =
        Settings.EMPTY
            .withSource("a", java.util.Map.of("root", "1", "x", "y"))
            .withSource("a", java.util.Map.of("root", "2"));

    assertThat(settings.source("a")).containsEntry("root", "2").containsEntry("x", "y");
    assertThat(settings.source("b")).isEmpty();
  }

  @Test
  void signature_changes_with_each_part() {
    Signature signature = Signature.of("stage", 1).with("size", 10);

    assertThat(signature.fingerprint())
        .isEqualTo(Signature.of("stage", 1).with("size", 10).fingerprint())
        .isNotEqualTo(Signature.of("stage", 2).with("size", 10).fingerprint())
        .isNotEqualTo(Signature.of("stage", 1).with("size", 11).fingerprint())
        .isNotEqualTo(Signature.of("stage", 1).fingerprint());
    assertThat(signature).hasToString("stage/1{size=10}");
  }

  @Test
  void tombstone_remembers_what_was_deleted_but_has_no_chunks() {
    Fingerprint bytes = Fingerprint.ofBytes(new byte[1]);
    DocumentState.Indexed indexed =
        new DocumentState.Indexed("v1", bytes, bytes, bytes, bytes, 4, 1);

    DocumentState tombstone =
        new DocumentState(ID, indexed.withChunks(0), null, Metadata.EMPTY, 7, true);

    assertThat(tombstone.indexed()).isEqualTo(indexed.withChunks(0));
    assertThat(indexed.withVersion(null).version()).isNull();
    assertThatThrownBy(() -> new DocumentState(ID, indexed, null, Metadata.EMPTY, 7, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no chunks");
  }
}
