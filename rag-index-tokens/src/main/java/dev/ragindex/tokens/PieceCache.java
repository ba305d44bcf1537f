package dev.ragindex.tokens;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how many tokens pieces, and other short texts, have alone: a fixed number of places,
 * and a piece that comes to a taken one takes it. So it is bounded and needs no lock.
 *
 * <p>Most pieces are short and ASCII: such a piece and its number fit in one {@code long}, 7 bits a
 * character, for which there are two places side by side. Others are kept as objects. Either way a
 * piece is compared whole.
 *
 * <p>Thread-safe: places are written by a race in which any winner is right, since what they hold
 * is immutable and read at once.
 */
final class PieceCache {

  /** Longer pieces rarely come again. */
  static final int LONGEST = 32;

  /** Longer texts are no packed key. */
  static final int LONGEST_PACKED = 8;

  private static final int TOKEN_BITS = 4;
  private static final int BITS = 16;
  private static final int GOLDEN_RATIO = 0x9E37_79B9;
  private static final long LONG_GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
  private static final VarHandle PACKED = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] packed = new long[1 << BITS];
  private final @Nullable Piece[] pieces = new @Nullable Piece[1 << BITS];

  /** The number noted for a piece, or 0. */
  int get(char[] text, int start, int end) {
    long key = pack(text, start, end);
    if (key != 0) {
      return get(key);
    }
    int hash = hash(text, start, end);
    Piece piece = pieces[place(hash)];
    return piece != null && piece.is(hash, text, start, end) ? piece.tokens : 0;
  }

  /** Notes the number for a piece, of which there is at least one and at most one a byte. */
  void put(char[] text, int start, int end, int tokens) {
    long key = pack(text, start, end);
    if (key != 0) {
      put(key, tokens);
    } else if (end - start <= LONGEST) {
      int hash = hash(text, start, end);
      pieces[place(hash)] = new Piece(Arrays.copyOfRange(text, start, end), hash, tokens);
    }
  }

  /** The number noted for a packed key, or 0. */
  int get(long key) {
    int place = firstPlace(key);
    long found = (long) PACKED.getOpaque(packed, place);
    if (found >>> TOKEN_BITS != key) {
      found = (long) PACKED.getOpaque(packed, place + 1);
    }
    return found >>> TOKEN_BITS == key ? (int) found & ((1 << TOKEN_BITS) - 1) : 0;
  }

  /** Notes the number for a packed key, in place of the one that was noted last but one. */
  void put(long key, int tokens) {
    int place = firstPlace(key);
    PACKED.setOpaque(packed, place + 1, (long) PACKED.getOpaque(packed, place));
    PACKED.setOpaque(packed, place, (key << TOKEN_BITS) | tokens);
  }

  /** The key of a text of at most {@value #LONGEST_PACKED} units; 0 if one is not ASCII. */
  static long pack(CharSequence text, int start, int end) {
    long key = 1;
    int all = 0;
    for (int i = start; i < end; i++) {
      char unit = text.charAt(i);
      key = (key << 7) | unit;
      all |= unit;
    }
    return all < 0x80 ? key : 0;
  }

  /** A bit, then the characters; 0 if they are too many or one is not ASCII. */
  private static long pack(char[] text, int start, int end) {
    if (end - start > LONGEST_PACKED) {
      return 0;
    }
    long key = 1;
    int all = 0;
    for (int i = start; i < end; i++) {
      key = (key << 7) | text[i];
      all |= text[i];
    }
    return all < 0x80 ? key : 0;
  }

  private static int hash(char[] text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + text[i];
    }
    return hash;
  }

  private static int firstPlace(long key) {
    return (int) ((key * LONG_GOLDEN_RATIO) >>> (Long.SIZE - BITS)) & ~1;
  }

  private static int place(int hash) {
    return (hash * GOLDEN_RATIO) >>> (Integer.SIZE - BITS);
  }

  /** Final fields: safe to publish by a race. */
  private static final class Piece {
    private final char[] text;
    private final int hash;
    private final int tokens;

    Piece(char[] text, int hash, int tokens) {
      this.text = text;
      this.hash = hash;
      this.tokens = tokens;
    }

    private boolean is(int hash, char[] text, int start, int end) {
      return this.hash == hash && Arrays.equals(this.text, 0, this.text.length, text, start, end);
    }
  }
}
