package dev.ragindex.embedder.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Native memory from which runs read and into which they write, reused from run to run. As each run
 * takes one text without padding, all attention masks are ones and all token types zeros: runs
 * share these.
 *
 * <p>Thread-safe. Grows to as many pairs of buffers as runs were ever in flight at once.
 */
final class RunBuffers {

  private final int tokens;
  private final int floats;
  private final LongBuffer ones;
  private final LongBuffer zeros;
  private final Queue<Pair> free = new ConcurrentLinkedQueue<>();

  /**
   * One run's own.
   *
   * @param ids what it reads
   * @param output what it writes
   */
  record Pair(LongBuffer ids, FloatBuffer output) {}

  /**
   * Allocates what is shared.
   *
   * @param tokens most ids of a run
   * @param floats most floats of its output
   */
  RunBuffers(int tokens, int floats) {
    this.tokens = tokens;
    this.floats = floats;
    this.ones = longs(tokens);
    this.zeros = longs(tokens);
    for (int i = 0; i < tokens; i++) {
      ones.put(i, 1);
    }
  }

  /** Buffers with these ids and as much room for output; to be given back by {@link #release}. */
  Pair acquire(int[] ids, int outputFloats) {
    Pair pooled = free.poll();
    Pair pair =
        pooled != null
            ? pooled
            : new Pair(longs(tokens), bytes(floats, Float.BYTES).asFloatBuffer());
    pair.ids.clear();
    for (int id : ids) {
      pair.ids.put(id);
    }
    pair.ids.flip();
    pair.output.clear().limit(outputFloats);
    return pair;
  }

  void release(Pair pair) {
    free.add(pair);
  }

  LongBuffer attention(int tokens) {
    return ones.duplicate().limit(tokens);
  }

  LongBuffer types(int tokens) {
    return zeros.duplicate().limit(tokens);
  }

  private static LongBuffer longs(int count) {
    return bytes(count, Long.BYTES).asLongBuffer();
  }

  private static ByteBuffer bytes(int count, int size) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(count, size))
        .order(ByteOrder.nativeOrder());
  }
}
