package dev.ragindex.tokens;

import java.util.Arrays;
import java.util.Map;

/**
 * The vocabulary as a trie over UTF-16 units, made for the longest match from a position onwards.
 *
 * <p>Edges live in one open-addressed hash table from (node, unit) to node, so that neither lookup
 * nor walking allocates. There are two roots: pieces that start a word hang on {@link #START},
 * pieces that continue one on {@link #CONTINUED}, without the prefix that marks them.
 *
 * <p>Immutable once built.
 */
final class PieceTrie {

  /** Root of the pieces as the vocabulary spells them. */
  static final int START = 1;

  /** Root of the pieces that continue a word. */
  static final int CONTINUED = 2;

  /** No such node, or no piece ends here. */
  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 1 << 12;
  private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

  /** Edge keys: never 0, since no node is. */
  private long[] edges = new long[FIRST_CAPACITY];

  private int[] targets = new int[FIRST_CAPACITY];
  private int[] pieces = new int[FIRST_CAPACITY];
  private int nodes = CONTINUED + 1;

  PieceTrie(Map<String, Integer> vocabulary, String continuingPrefix) {
    Arrays.fill(pieces, NONE);
    vocabulary.forEach(
        (piece, id) -> {
          add(START, piece, id);
          if (piece.startsWith(continuingPrefix)) {
            add(CONTINUED, piece.substring(continuingPrefix.length()), id);
          }
        });
  }

  /** The node behind an edge, or {@link #NONE}. */
  int child(int node, char unit) {
    long edge = edge(node, unit);
    int slot = slot(edge);
    return edges[slot] == edge ? targets[slot] : NONE;
  }

  /** The id of the piece that ends at a node, or {@link #NONE}. */
  int piece(int node) {
    return pieces[node];
  }

  private void add(int root, String piece, int id) {
    if (piece.isEmpty()) {
      return; // matches no text
    }
    int node = root;
    for (int i = 0; i < piece.length(); i++) {
      node = childOrNew(node, piece.charAt(i));
    }
    pieces[node] = id;
  }

  private int childOrNew(int node, char unit) {
    long edge = edge(node, unit);
    int slot = slot(edge);
    if (edges[slot] == edge) {
      return targets[slot];
    }
    int child = nodes++;
    edges[slot] = edge;
    targets[slot] = child;
    growIfNeeded();
    return child;
  }

  private void growIfNeeded() {
    if (nodes >= pieces.length) {
      int size = pieces.length;
      pieces = Arrays.copyOf(pieces, size * 2);
      Arrays.fill(pieces, size, size * 2, NONE);
    }
    if (nodes > edges.length / 2) {
      rehash(edges, targets);
    }
  }

  private void rehash(long[] oldEdges, int[] oldTargets) {
    edges = new long[oldEdges.length * 2];
    targets = new int[oldEdges.length * 2];
    for (int i = 0; i < oldEdges.length; i++) {
      if (oldEdges[i] != 0) {
        int slot = slot(oldEdges[i]);
        edges[slot] = oldEdges[i];
        targets[slot] = oldTargets[i];
      }
    }
  }

  private static long edge(int node, char unit) {
    return ((long) node << Character.SIZE) | unit;
  }

  /** Where the edge is, or would go. */
  private int slot(long edge) {
    int mask = edges.length - 1;
    int slot = (int) ((edge * GOLDEN_RATIO) >>> 32) & mask;
    while (edges[slot] != 0 && edges[slot] != edge) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
