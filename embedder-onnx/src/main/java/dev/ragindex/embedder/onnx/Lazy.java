package dev.ragindex.embedder.onnx;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value made when it is first asked for. Thread-safe; if making it fails, the next call tries
 * again.
 */
final class Lazy<T> {

  private final Supplier<T> maker;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable T value;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  T get() {
    T made = value;
    return made != null ? made : make();
  }

  /** The value if it was ever asked for. */
  @Nullable T ifMade() {
    return value;
  }

  private T make() {
    making.lock();
    try {
      T made = value;
      if (made == null) {
        made = maker.get();
        value = made;
      }
      return made;
    } finally {
      making.unlock();
    }
  }
}
