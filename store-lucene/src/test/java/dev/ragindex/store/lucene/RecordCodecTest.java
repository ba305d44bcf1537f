package dev.ragindex.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

/**
 * Golden bytes: indexes on users' disks hold them. If a test fails, do not change the bytes; write
 * a new version, and keep reading this one.
 */
class RecordCodecTest {

  private static final Metadata METADATA =
      Metadata.EMPTY
          .with("flag", true)
          .with("list", List.of("b", "ä"))
          .with("real", -1.5)
          .with("text", "\uD83D\uDE00")
          .with("time", Instant.ofEpochMilli(-2))
          .with("whole", Long.MAX_VALUE);

  private static final DocumentState STATE =
      new DocumentState(
          new DocumentId("docs", "a/b.md"),
          new DocumentState.Indexed("12-34", print(1), print(2), print(3), print(4), 300, 2),
          new Problem(
              Stage.PARSE,
              Problem.Kind.SUSPECT,
              "shrunk",
              null,
              print(5),
              print(6),
              3,
              Instant.ofEpochMilli(1_700_000_000_123L)),
          METADATA,
          -1,
          false);

  private static final List<Placement> LAYOUT =
      List.of(
          new Placement(new UUID(1, 2), print(7), 0, 200, 1, List.of("One", "Two"), Metadata.EMPTY),
          new Placement(new UUID(3, 4), print(8), 200, 300, 0, List.of(), METADATA));

  private static Fingerprint print(long number) {
    return new Fingerprint(number, 0, 0, -1);
  }

  @Test
  void the_bytes_of_a_state_never_change() throws IOException {
    BytesRef bytes = RecordCodec.encode(STATE);
    assertThat(hex(bytes)).isEqualTo(GOLDEN_STATE);
    assertThat(RecordCodec.state(bytes)).isEqualTo(STATE);
  }

  @Test
  void the_bytes_of_a_layout_never_change() throws IOException {
    BytesRef bytes = RecordCodec.encode(LAYOUT);
    assertThat(hex(bytes)).isEqualTo(GOLDEN_LAYOUT);
    assertThat(RecordCodec.layout(bytes)).isEqualTo(LAYOUT);
  }

  @Test
  void absent_parts_stay_absent() throws IOException {
    DocumentState tombstone =
        new DocumentState(new DocumentId("s", "k"), null, null, Metadata.EMPTY, 7, true);
    assertThat(hex(RecordCodec.encode(tombstone))).isEqualTo("01" + "0173" + "016b" + "0000000e01");
    assertThat(RecordCodec.state(RecordCodec.encode(tombstone))).isEqualTo(tombstone);
  }

  @Test
  void another_version_is_refused() {
    BytesRef bytes = RecordCodec.encode(STATE);
    bytes.bytes[bytes.offset] = 2;
    assertThatThrownBy(() -> RecordCodec.state(bytes))
        .isInstanceOf(IndexFormatTooNewException.class)
        .hasMessageContaining("2 (needs to be between 1 and 1)");
    bytes.bytes[bytes.offset] = 0;
    assertThatThrownBy(() -> RecordCodec.state(bytes))
        .isInstanceOf(CorruptIndexException.class)
        .hasMessageContaining("version 0");
  }

  private static String hex(BytesRef bytes) {
    return HexFormat.of().formatHex(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
  }

  private static final String GOLDEN_STATE =
      "0104646f637306612f622e6d6401010531322d333400000000000000010000000000000000000000"
          + "0000000000ffffffffffffffff000000000000000200000000000000000000000000000000ffffff"
          + "ffffffffff000000000000000300000000000000000000000000000000ffffffffffffffff000000"
          + "000000000400000000000000000000000000000000ffffffffffffffffac02020105504152534507"
          + "5355535045435406736872756e6b0001000000000000000500000000000000000000000000000000"
          + "ffffffffffffffff000000000000000600000000000000000000000000000000ffffffffffffffff"
          + "03f6a1abfef9620604666c61676601046c6973746c02016202c3a4047265616c72000000000000f8"
          + "bf04746578747404f09f98800474696d656d030577686f6c6577feffffffffffffffff010100";

  private static final String GOLDEN_LAYOUT =
      "01020100000000000000020000000000000000000000000000070000000000000000000000000000"
          + "0000ffffffffffffffff00c8010102034f6e650354776f0003000000000000000400000000000000"
          + "000000000000000800000000000000000000000000000000ffffffffffffffffc801ac0200000604"
          + "666c61676601046c6973746c02016202c3a4047265616c72000000000000f8bf04746578747404f0"
          + "9f98800474696d656d030577686f6c6577feffffffffffffffff01";
}
