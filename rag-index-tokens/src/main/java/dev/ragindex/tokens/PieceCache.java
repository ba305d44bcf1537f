package dev.ragindex.tokens;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how many tokens pieces have: a fixed number of places, and a piece that comes to a
 * taken one takes it. So it is bounded and needs no lock.
 *
 * <p>Most pieces are short and ASCII: such a piece and its number fit in one {@code long}, 7 bits a
 * character. Others are kept as objects. Either way a piece is compared whole.
 *
 * <p>Thread-safe: places are written by a race in which any winner is right, since what they hold
 * is immutable and read at once.
 */
final class PieceCache {

  /** Longer pieces rarely come again. */
  static final int LONGEST = 32;

  private static final int LONGEST_PACKED = 8;
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
      long found = (long) PACKED.getOpaque(packed, place(key));
      return found >>> TOKEN_BITS == key ? (int) found & ((1 << TOKEN_BITS) - 1) : 0;
    }
    int hash = hash(text, start, end);
    Piece piece = pieces[place(hash)];
    return piece != null && piece.is(hash, text, start, end) ? piece.tokens : 0;
  }

  /** Notes the number for a piece, of which there is at least one and at most one a byte. */
  void put(char[] text, int start, int end, int tokens) {
    long key = pack(text, start, end);
    if (key != 0) {
      PACKED.setOpaque(packed, place(key), (key << TOKEN_BITS) | tokens);
    } else if (end - start <= LONGEST) {
      int hash = hash(text, start, end);
      pieces[place(hash)] = new Piece(Arrays.copyOfRange(text, start, end), hash, tokens);
    }
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

  private static int place(long key) {
    return (int) ((key * LONG_GOLDEN_RATIO) >>> (Long.SIZE - BITS));
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
