package dev.ragindex.core;

import java.util.concurrent.atomic.AtomicLong;

/** Tells a listener where a run stands. Thread-safe. */
final class Progress {

  private final SyncListener listener;
  private final AtomicLong listed = new AtomicLong();
  private final AtomicLong settled = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();
  private volatile boolean done;

  Progress(SyncListener listener) {
    this.listener = listener;
  }

  void listed() {
    listed.incrementAndGet();
    tell();
  }

  void listingDone() {
    done = true;
    tell();
  }

  void settled(long moreTokens) {
    settled.incrementAndGet();
    tokens.addAndGet(moreTokens);
    tell();
  }

  private void tell() {
    listener.progress(new SyncListener.Progress(listed.get(), done, settled.get(), tokens.get()));
  }
}
