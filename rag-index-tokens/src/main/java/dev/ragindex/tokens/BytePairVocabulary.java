package dev.ragindex.tokens;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The tokens of a byte-pair encoding and what is merged to which. A token's number is its rank: of
 * two merges that are possible the one to the lower number is done first.
 *
 * <p>The file has the bytes of the first 256 tokens, which are single bytes, and then for each
 * other token the numbers of the two of which it is merged, in LEB128. No other two are ever merged
 * to it, whatever stands around them: within the token's span merging went as it does in the token
 * alone.
 *
 * <p>Immutable.
 */
final class BytePairVocabulary {

  /** What a pair that cannot be merged is merged to: comes after all tokens. */
  static final int NONE = Integer.MAX_VALUE;

  private static final int SINGLES = 256;

  /** The token of each byte. */
  private final int[] singles = new int[SINGLES];

  /** What two single bytes are merged to: the first lookups of all pieces, in one array. */
  private final int[] ofSingles = new int[SINGLES * SINGLES];

  private final PairTable merges;
  private final int[] left;
  private final int[] right;
  private final short[] lengths;

  private BytePairVocabulary(byte[] file) {
    int tokens = SINGLES + numbers(file) / 2;
    merges = new PairTable(tokens);
    left = new int[tokens];
    right = new int[tokens];
    lengths = new short[tokens];
    Arrays.fill(ofSingles, NONE);
    for (int token = 0; token < SINGLES; token++) {
      singles[file[token] & 0xFF] = token;
      lengths[token] = 1;
    }
    Numbers numbers = new Numbers(file, SINGLES);
    for (int token = SINGLES; token < tokens; token++) {
      add(token, numbers.next(), numbers.next());
    }
  }

  /** Reads a file beside this class. */
  static BytePairVocabulary read(String file) {
    try (InputStream in = BytePairVocabulary.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing beside " + BytePairVocabulary.class);
      }
      return new BytePairVocabulary(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** The token that is a byte. */
  int single(byte value) {
    return singles[value & 0xFF];
  }

  /** The token to which two neighbours can be merged, or {@link #NONE}. */
  int merged(int first, int second) {
    if ((first | second) < SINGLES) {
      return ofSingles[first * SINGLES + second];
    }
    int found = merges.get(first, second);
    return found == PairTable.NONE ? NONE : found;
  }

  /** Number of bytes of a token. */
  int length(int token) {
    return lengths[token];
  }

  /**
   * Says whether merging leaves two tokens side by side: whether no merge across the border between
   * them comes before one of those that made them. Undoes their merges one by one, the last first.
   */
  boolean areNeighbours(int first, int second) {
    int a = first;
    int b = second;
    int limit = NONE;
    while (merged(a, b) >= limit) {
      if (a > b && a >= SINGLES) {
        limit = a;
        a = right[a];
      } else if (b >= SINGLES) {
        limit = b + 1;
        b = left[b];
      } else {
        return true;
      }
    }
    return false;
  }

  private void add(int token, int first, int second) {
    left[token] = first;
    right[token] = second;
    lengths[token] = (short) (lengths[first] + lengths[second]);
    if ((first | second) < SINGLES) {
      ofSingles[first * SINGLES + second] = token;
    } else {
      merges.add(first, second, token);
    }
  }

  /** How many numbers follow the single bytes: each ends with a byte below 128. */
  private static int numbers(byte[] file) {
    int numbers = 0;
    for (int i = SINGLES; i < file.length; i++) {
      numbers += file[i] >= 0 ? 1 : 0;
    }
    return numbers;
  }

  /** Numbers in LEB128. */
  private static final class Numbers {
    private final byte[] file;
    private int at;

    Numbers(byte[] file, int at) {
      this.file = file;
      this.at = at;
    }

    int next() {
      int number = 0;
      int shift = 0;
      while (file[at] < 0) {
        number |= (file[at++] & 0x7F) << shift;
        shift += 7;
      }
      return number | (file[at++] << shift);
    }
  }
}
