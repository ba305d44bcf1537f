package dev.ragindex.store.pgvector;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The words of a text as they stand, in lower case: runs of letters and digits, ideographs one by
 * one. They are what keyword search goes by where no language is set, made here because PostgreSQL
 * takes several times as long for them as for everything else about a chunk's row.
 */
final class PlainWords {

  /** Most that a {@code tsvector} keeps: bytes in a word, places of a word, the last place. */
  private static final int MAX_BYTES = 2_046;

  private static final int MAX_PLACES = 255;
  private static final int LAST_PLACE = 16_383;

  /** A {@code tsvector} has less than 1 MB; words that would not fit any more are left out. */
  private static final int ROOM = 1_000_000;

  /** Bytes that a word takes besides its own, and that each of its places takes. */
  private static final int WORD_BYTES = 4;

  private final Map<String, Places> words = new LinkedHashMap<>();
  private int place;
  private int room = ROOM;

  private PlainWords(String text) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      boolean alone = Character.isIdeographic(character);
      if (alone || !isOfWord(character)) {
        end(word);
      }
      if (alone || isOfWord(character)) {
        word.appendCodePoint(Character.toLowerCase(character));
      }
      if (alone) {
        end(word);
      }
    }
    end(word);
  }

  static PlainWords of(String text) {
    return new PlainWords(text);
  }

  private static boolean isOfWord(int character) {
    if (Character.isLetterOrDigit(character)) {
      return true;
    }
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private void end(StringBuilder word) {
    if (word.isEmpty()) {
      return;
    }
    place++;
    String found = word.toString();
    word.setLength(0);
    Places places = words.get(found);
    if (places == null) {
      byte[] bytes = found.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > MAX_BYTES || bytes.length + WORD_BYTES > room) {
        return;
      }
      room -= bytes.length + WORD_BYTES;
      places = new Places(bytes);
      words.put(found, places);
    }
    if (room >= Short.BYTES && places.add(Math.min(place, LAST_PLACE))) {
      room -= Short.BYTES;
    }
  }

  /** Writes them as {@code tsvector} is received in binary; the server sorts them. */
  void write(DataOutputStream out) throws IOException {
    out.writeInt(words.size());
    for (Places places : words.values()) {
      places.write(out);
    }
  }

  /** As {@code tsvector} has it in text; letters and digits need no quotes. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    words.forEach((word, places) -> places.append(text.append(word)).append(' '));
    return text.toString();
  }

  /** A word's bytes, and where it stands, rising. */
  private static final class Places {

    private final byte[] word;
    private short[] values = new short[1];
    private int size;

    Places(byte[] word) {
      this.word = word;
    }

    /** Adds one, unless there is no room for it or it is there. */
    boolean add(int place) {
      if (size == MAX_PLACES || (size > 0 && values[size - 1] == place)) {
        return false;
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = (short) place;
      return true;
    }

    void write(DataOutputStream out) throws IOException {
      out.write(word);
      out.writeByte(0);
      out.writeShort(size);
      for (int i = 0; i < size; i++) {
        out.writeShort(values[i]);
      }
    }

    StringBuilder append(StringBuilder text) {
      for (int i = 0; i < size; i++) {
        text.append(i == 0 ? ':' : ',').append(values[i]);
      }
      return text;
    }
  }
}
