package dev.ragindex.tokens;

/** One pass over a text, with the arrays it needs. */
final class BytePairRun implements TokenSums.Run {

  private static final int BYTES_PER_UNIT = 3;

  private final PieceRule rule;
  private final PieceCache cache;
  private final BytePairMerge merge;
  private final TextWindow window = new TextWindow();
  private byte[] bytes = new byte[BYTES_PER_UNIT * PieceCache.LONGEST];

  BytePairRun(PieceRule rule, BytePairVocabulary vocabulary, PieceCache cache) {
    this.rule = rule;
    this.cache = cache;
    this.merge = new BytePairMerge(vocabulary);
  }

  @Override
  public int count(CharSequence text, int start, int end) {
    boolean packs = start < end && end - start <= PieceCache.LONGEST_PACKED;
    long key = packs ? PieceCache.pack(text, start, end) : 0;
    if (key == 0) {
      return countPieces(text, start, end);
    }
    int known = cache.get(key);
    if (known > 0) {
      return known;
    }
    int tokens = countPieces(text, start, end);
    cache.put(key, tokens);
    return tokens;
  }

  private int countPieces(CharSequence text, int start, int end) {
    int tokens = 0;
    for (int at = start; at < end; ) {
      int length = window.load(text, at, end);
      tokens += count(window.chars(), length);
      at += length;
    }
    return tokens;
  }

  @Override
  public void sum(CharSequence text, TokenSums sums) {
    int tokens = 0;
    for (int at = 0; at < text.length(); ) {
      int length = window.load(text, at, text.length());
      char[] chars = window.chars();
      for (int start = 0; start < length; ) {
        int end = rule.end(chars, start, length);
        tokens += piece(chars, start, end);
        if (end == length || PieceRule.endsSurely(chars, end)) {
          sums.add(at + end, tokens);
        }
        start = end;
      }
      at += length;
    }
  }

  private int count(char[] text, int length) {
    int tokens = 0;
    for (int start = 0; start < length; ) {
      int end = rule.end(text, start, length);
      tokens += piece(text, start, end);
      start = end;
    }
    return tokens;
  }

  private int piece(char[] text, int start, int end) {
    if (end - start > PieceCache.LONGEST) {
      return merge(text, start, end);
    }
    int known = cache.get(text, start, end);
    if (known > 0) {
      return known;
    }
    int tokens = merge(text, start, end);
    cache.put(text, start, end, tokens);
    return tokens;
  }

  private int merge(char[] text, int start, int end) {
    if (bytes.length / BYTES_PER_UNIT < end - start) {
      bytes = new byte[Math.multiplyExact(BYTES_PER_UNIT, end - start)];
    }
    return merge.count(bytes, encode(text, start, end, bytes));
  }

  /** Writes UTF-8 and returns its length. The text has no lone surrogates. */
  private static int encode(char[] text, int start, int end, byte[] bytes) {
    int length = 0;
    for (int i = start; i < end; i++) {
      char unit = text[i];
      if (unit < 0x80) {
        bytes[length++] = (byte) unit;
      } else if (unit < 0x800) {
        bytes[length++] = (byte) (0xC0 | (unit >> 6));
        bytes[length++] = continued(unit);
      } else if (Character.isSurrogate(unit)) {
        int codePoint = Character.toCodePoint(unit, text[++i]);
        bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
        bytes[length++] = continued(codePoint >> 12);
        bytes[length++] = continued(codePoint >> 6);
        bytes[length++] = continued(codePoint);
      } else {
        bytes[length++] = (byte) (0xE0 | (unit >> 12));
        bytes[length++] = continued(unit >> 6);
        bytes[length++] = continued(unit);
      }
    }
    return length;
  }

  private static byte continued(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }
}
