package dev.ragindex.embedder.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The model's inputs as native memory, reused from run to run. As each run takes one text without
 * padding, all attention masks are ones and all token types zeros: runs share these.
 *
 * <p>Thread-safe. Grows to as many id buffers as runs were ever in flight at once.
 */
final class InputBuffers {

  private final int capacity;
  private final LongBuffer ones;
  private final LongBuffer zeros;
  private final Queue<LongBuffer> free = new ConcurrentLinkedQueue<>();

  InputBuffers(int capacity) {
    this.capacity = capacity;
    this.ones = allocate(capacity);
    this.zeros = allocate(capacity);
    for (int i = 0; i < capacity; i++) {
      ones.put(i, 1);
    }
  }

  /** A buffer of these ids, to be given back by {@link #release}. */
  LongBuffer acquire(int[] ids) {
    LongBuffer pooled = free.poll();
    LongBuffer buffer = pooled != null ? pooled : allocate(capacity);
    buffer.clear();
    for (int id : ids) {
      buffer.put(id);
    }
    return buffer.flip();
  }

  void release(LongBuffer buffer) {
    free.add(buffer);
  }

  LongBuffer attention(int tokens) {
    return ones.duplicate().limit(tokens);
  }

  LongBuffer types(int tokens) {
    return zeros.duplicate().limit(tokens);
  }

  private static LongBuffer allocate(int longs) {
    return ByteBuffer.allocateDirect(longs * Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }
}
