package dev.ragindex.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Golden identities: if one of these changes, every index in the world is embedded again. */
class IdentityTest {

  private static final DocumentId DOCUMENT = new DocumentId("handbook", "leave/holidays.md");

  @Test
  void chunk_id_is_a_version_8_uuid_and_never_changes() {
    UUID id = StoredChunk.idOf(DOCUMENT, "Thirty days.", 0);

    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id).hasToString("ea204661-5676-8bf1-9168-9a1f67759990");
    assertThat(StoredChunk.idOf(DOCUMENT, "Thirty days.", 1)).isNotEqualTo(id);
  }

  @Test
  void embedding_key_never_changes() {
    Fingerprint model = Signature.of("model", 1).with("dimension", 384).fingerprint();
    String sent = StoredChunk.embeddedText("Leave > Holidays", "Before. ", "Thirty days.");

    assertThat(sent).isEqualTo("Leave > Holidays\n\nBefore. Thirty days.");
    assertThat(model)
        .hasToString("104ef02152340f527cba98fb088f8a58162ff9a32e937d7ffe20a48c961ee129");
    assertThat(StoredChunk.embeddingKeyOf(model, sent))
        .hasToString("5e210b23bac4e5b06fdb4b938ab4d20b23b6314868a2713257d2ef6d2dc8e0d2");
  }

  @Test
  void document_fingerprint_covers_text_and_structure_of_the_body_alone() {
    Block heading = new Block(Block.Kind.HEADING, Block.Layer.BODY, 0, 5, 1, 0);
    Block note = new Block(Block.Kind.PARAGRAPH, Block.Layer.NOTE, 13, 17, 0, 0);
    Document document = document("Title\n\ntext\n\nnote", List.of(heading, note));

    assertThat(document.fingerprint())
        .hasToString("78e234d673504ea4fe10795ac14ea09cd1f3e274b6dd8cf0415d6c31bae64f44");
    assertThat(document("Title\n\ntext\n\nNOTE", List.of(heading)).fingerprint())
        .isEqualTo(document.fingerprint());
    assertThat(document("Title\n\ntext\n\nnote", List.of()).fingerprint())
        .isNotEqualTo(document.fingerprint());
  }

  private static Document document(String text, List<Block> blocks) {
    return new Document(DOCUMENT, text, 13, blocks, null, "text/plain", Metadata.EMPTY, List.of());
  }

  @Test
  void metadata_fingerprint_covers_types_and_leaves_the_time_of_change_out() {
    Metadata metadata =
        Metadata.EMPTY
            .with("text", "é")
            .with("whole", 1L)
            .with("real", 1.5)
            .with("flag", true)
            .with("moment", Instant.EPOCH)
            .with("texts", List.of("a", "b"));

    assertThat(metadata.fingerprint())
        .hasToString("402334ede17151b6ded4b5c57da181be8fc05532d4e6bab47e58f74568c37bf3");
    assertThat(metadata.with(Metadata.MODIFIED, Instant.EPOCH).fingerprint())
        .isEqualTo(metadata.fingerprint());
    assertThat(Metadata.EMPTY.with("n", 1L).fingerprint())
        .isNotEqualTo(Metadata.EMPTY.with("n", "1").fingerprint());
  }
}
