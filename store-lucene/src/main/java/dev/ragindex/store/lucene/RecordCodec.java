package dev.ragindex.store.lucene;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Turns a document's state and layout into bytes and back. Version 1 of both: a version byte, then
 * the parts in the order of the records' components, in Lucene's primitive encodings; a part that
 * may be null is preceded by 0 or 1. A changed encoding needs a new version byte.
 */
final class RecordCodec {

  private static final byte VERSION = 1;

  private RecordCodec() {}

  static BytesRef encode(DocumentState state) {
    return written(out -> writeState(out, state));
  }

  static BytesRef encode(List<Placement> layout) {
    return written(
        out -> {
          out.writeVInt(layout.size());
          for (Placement placement : layout) {
            writePlacement(out, placement);
          }
        });
  }

  static DocumentState state(BytesRef bytes) throws IOException {
    DataInput in = opened(bytes);
    return new DocumentState(
        new DocumentId(in.readString(), in.readString()),
        in.readByte() == 0 ? null : readIndexed(in),
        in.readByte() == 0 ? null : readProblem(in),
        readMetadata(in),
        in.readZLong(),
        in.readByte() != 0);
  }

  static List<Placement> layout(BytesRef bytes) throws IOException {
    DataInput in = opened(bytes);
    int size = in.readVInt();
    List<Placement> layout = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      layout.add(readPlacement(in));
    }
    return layout;
  }

  private static BytesRef written(Part part) {
    ByteBuffersDataOutput out = new ByteBuffersDataOutput();
    try {
      out.writeByte(VERSION);
      part.write(out);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return new BytesRef(out.toArrayCopy());
  }

  private static DataInput opened(BytesRef bytes) throws IOException {
    DataInput in = new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length);
    byte version = in.readByte();
    if (version > VERSION) {
      throw new IndexFormatTooNewException("a record", version, VERSION, VERSION);
    }
    if (version < VERSION) {
      throw new CorruptIndexException("a record of version " + version, "a record");
    }
    return in;
  }

  private static void writeState(DataOutput out, DocumentState state) throws IOException {
    out.writeString(state.id().source());
    out.writeString(state.id().key());
    DocumentState.Indexed indexed = state.indexed();
    if (mark(out, indexed != null) && indexed != null) {
      writeIndexed(out, indexed);
    }
    Problem problem = state.problem();
    if (mark(out, problem != null) && problem != null) {
      writeProblem(out, problem);
    }
    writeMetadata(out, state.metadata());
    out.writeZLong(state.sequence());
    mark(out, state.deleted());
  }

  private static void writeIndexed(DataOutput out, DocumentState.Indexed indexed)
      throws IOException {
    writeText(out, indexed.version());
    writeFingerprint(out, indexed.bytes());
    writeFingerprint(out, indexed.text());
    writeFingerprint(out, indexed.metadata());
    writeFingerprint(out, indexed.pipeline());
    out.writeVInt(indexed.characters());
    out.writeVInt(indexed.chunks());
  }

  private static DocumentState.Indexed readIndexed(DataInput in) throws IOException {
    return new DocumentState.Indexed(
        readText(in),
        readFingerprint(in),
        readFingerprint(in),
        readFingerprint(in),
        readFingerprint(in),
        in.readVInt(),
        in.readVInt());
  }

  private static void writeProblem(DataOutput out, Problem problem) throws IOException {
    out.writeString(problem.stage().name());
    out.writeString(problem.kind().name());
    out.writeString(problem.reason());
    writeText(out, problem.version());
    Fingerprint bytes = problem.bytes();
    if (mark(out, bytes != null) && bytes != null) {
      writeFingerprint(out, bytes);
    }
    writeFingerprint(out, problem.signature());
    out.writeVInt(problem.attempts());
    out.writeZLong(problem.since().toEpochMilli());
  }

  private static Problem readProblem(DataInput in) throws IOException {
    return new Problem(
        Stage.valueOf(in.readString()),
        Problem.Kind.valueOf(in.readString()),
        in.readString(),
        readText(in),
        in.readByte() == 0 ? null : readFingerprint(in),
        readFingerprint(in),
        in.readVInt(),
        Instant.ofEpochMilli(in.readZLong()));
  }

  private static void writePlacement(DataOutput out, Placement placement) throws IOException {
    out.writeLong(placement.chunk().getMostSignificantBits());
    out.writeLong(placement.chunk().getLeastSignificantBits());
    writeFingerprint(out, placement.embeddingKey());
    out.writeVInt(placement.start());
    out.writeVInt(placement.end());
    out.writeVInt(placement.page());
    writeTexts(out, placement.headings());
    writeMetadata(out, placement.metadata());
  }

  private static Placement readPlacement(DataInput in) throws IOException {
    return new Placement(
        new UUID(in.readLong(), in.readLong()),
        readFingerprint(in),
        in.readVInt(),
        in.readVInt(),
        in.readVInt(),
        readTexts(in),
        readMetadata(in));
  }

  private static void writeMetadata(DataOutput out, Metadata metadata) throws IOException {
    out.writeVInt(metadata.values().size());
    for (Map.Entry<String, MetadataValue> entry : metadata.values().entrySet()) {
      out.writeString(entry.getKey());
      out.writeByte(MetadataTerms.type(entry.getValue()));
      switch (entry.getValue()) {
        case MetadataValue.Text text -> out.writeString(text.value());
        case MetadataValue.Whole whole -> out.writeZLong(whole.value());
        case MetadataValue.Real real -> out.writeLong(Double.doubleToLongBits(real.value()));
        case MetadataValue.Flag flag -> mark(out, flag.value());
        case MetadataValue.Moment moment -> out.writeZLong(moment.value().toEpochMilli());
        case MetadataValue.Texts texts -> writeTexts(out, texts.values());
      }
    }
  }

  private static Metadata readMetadata(DataInput in) throws IOException {
    SortedMap<String, MetadataValue> values = new TreeMap<>();
    for (int left = in.readVInt(); left > 0; left--) {
      values.put(in.readString(), readValue(in));
    }
    return values.isEmpty() ? Metadata.EMPTY : new Metadata(values);
  }

  private static MetadataValue readValue(DataInput in) throws IOException {
    byte type = in.readByte();
    return switch (type) {
      case MetadataTerms.TEXT -> new MetadataValue.Text(in.readString());
      case MetadataTerms.WHOLE -> new MetadataValue.Whole(in.readZLong());
      case MetadataTerms.REAL -> new MetadataValue.Real(Double.longBitsToDouble(in.readLong()));
      case MetadataTerms.FLAG -> new MetadataValue.Flag(in.readByte() != 0);
      case MetadataTerms.MOMENT -> new MetadataValue.Moment(Instant.ofEpochMilli(in.readZLong()));
      case MetadataTerms.TEXTS -> new MetadataValue.Texts(readTexts(in));
      default -> throw new IOException("metadata of unknown type " + type);
    };
  }

  private static void writeTexts(DataOutput out, List<String> texts) throws IOException {
    out.writeVInt(texts.size());
    for (String text : texts) {
      out.writeString(text);
    }
  }

  private static List<String> readTexts(DataInput in) throws IOException {
    int size = in.readVInt();
    List<String> texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      texts.add(in.readString());
    }
    return texts;
  }

  private static void writeText(DataOutput out, @Nullable String text) throws IOException {
    if (mark(out, text != null) && text != null) {
      out.writeString(text);
    }
  }

  private static @Nullable String readText(DataInput in) throws IOException {
    return in.readByte() == 0 ? null : in.readString();
  }

  private static void writeFingerprint(DataOutput out, Fingerprint fingerprint) throws IOException {
    out.writeBytes(fingerprint.bytes(), Fingerprint.BYTES);
  }

  private static Fingerprint readFingerprint(DataInput in) throws IOException {
    byte[] bytes = new byte[Fingerprint.BYTES];
    in.readBytes(bytes, 0, bytes.length);
    return Fingerprint.of(bytes);
  }

  private static boolean mark(DataOutput out, boolean mark) throws IOException {
    out.writeByte((byte) (mark ? 1 : 0));
    return mark;
  }

  /** Writes what follows the version. */
  private interface Part {
    void write(DataOutput out) throws IOException;
  }
}
