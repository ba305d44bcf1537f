package dev.ragindex.store.lucene;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.lucene.util.NumericUtils;

/**
 * Metadata as terms of one Lucene field, so that any number of keys costs no field.
 *
 * <p>A term is the key, a zero byte (keys hold none), a type byte, and the value in bytes that sort
 * as the values do. Types can thus not be confused, and a range within a type is a range of terms.
 * The longest term, key and text of 256 and 8,192 characters, has 25,346 bytes; Lucene takes
 * 32,766.
 */
final class MetadataTerms {

  static final byte TEXT = 't';
  static final byte WHOLE = 'w';
  static final byte REAL = 'r';
  static final byte FLAG = 'f';
  static final byte MOMENT = 'm';
  static final byte TEXTS = 'l';
  private static final byte MEMBER = 'e';
  private static final byte PRESENCE = 'p';

  private MetadataTerms() {}

  /** All terms of a document's metadata. */
  static List<BytesRef> of(Metadata metadata) {
    List<BytesRef> terms = new ArrayList<>();
    metadata
        .values()
        .forEach(
            (key, value) -> {
              terms.add(presence(key));
              terms.add(value(key, value));
              if (value instanceof MetadataValue.Texts texts) {
                texts.values().stream()
                    .distinct()
                    .forEach(member -> terms.add(member(key, member)));
              }
            });
    return terms;
  }

  /** The key has a value. */
  static BytesRef presence(String key) {
    return term(key, PRESENCE, new byte[0]);
  }

  /** The key has this value. */
  static BytesRef value(String key, MetadataValue value) {
    return term(key, type(value), sortable(value));
  }

  /** The key's list holds this text. */
  static BytesRef member(String key, String text) {
    return term(key, MEMBER, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sorts before all values of the same key and type. */
  static BytesRef first(String key, MetadataValue value) {
    return term(key, type(value), new byte[0]);
  }

  /** Sorts after all values of the same key and type. */
  static BytesRef afterLast(String key, MetadataValue value) {
    return term(key, (byte) (type(value) + 1), new byte[0]);
  }

  static byte type(MetadataValue value) {
    return switch (value) {
      case MetadataValue.Text text -> TEXT;
      case MetadataValue.Whole whole -> WHOLE;
      case MetadataValue.Real real -> REAL;
      case MetadataValue.Flag flag -> FLAG;
      case MetadataValue.Moment moment -> MOMENT;
      case MetadataValue.Texts texts -> TEXTS;
    };
  }

  private static byte[] sortable(MetadataValue value) {
    return switch (value) {
      case MetadataValue.Text text -> text.value().getBytes(StandardCharsets.UTF_8);
      case MetadataValue.Whole whole -> sortable(whole.value());
      case MetadataValue.Real real -> sortable(NumericUtils.doubleToSortableLong(real.value()));
      case MetadataValue.Flag flag -> new byte[] {(byte) (flag.value() ? 1 : 0)};
      case MetadataValue.Moment moment -> sortable(moment.value().toEpochMilli());
      case MetadataValue.Texts texts -> hash(texts.values()).bytes();
    };
  }

  private static byte[] sortable(long value) {
    byte[] bytes = new byte[Long.BYTES];
    NumericUtils.longToSortableBytes(value, bytes, 0);
    return bytes;
  }

  /** Lists are only ever compared for equality, and have no longest one. */
  private static Fingerprint hash(List<String> texts) {
    Fingerprint.Builder builder = Fingerprint.builder("texts/1");
    texts.forEach(builder::add);
    return builder.build();
  }

  private static BytesRef term(String key, byte type, byte[] value) {
    BytesRefBuilder term = new BytesRefBuilder();
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    term.append(name, 0, name.length);
    term.append((byte) 0);
    term.append(type);
    term.append(value, 0, value.length);
    return term.toBytesRef();
  }
}
