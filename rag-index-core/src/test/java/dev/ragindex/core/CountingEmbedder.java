package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.embed.HashingEmbedder;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The hashing embedder, with a memory of what it was asked, canaries left out, and a switch to
 * fail.
 */
final class CountingEmbedder implements Embedder {

  final ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
  volatile int failAfter = Integer.MAX_VALUE;

  /** Each call waits here, and first leaves a permit. */
  volatile @Nullable Gate gate;

  final Semaphore waiting = new Semaphore(0);
  private final HashingEmbedder hashing = HashingEmbedder.create();
  private final String name;

  CountingEmbedder(String name) {
    this.name = name;
  }

  @Override
  public Signature signature() {
    return Signature.of(name, 1);
  }

  @Override
  public int dimension() {
    return hashing.dimension();
  }

  @Override
  public TokenCounter tokenCounter() {
    return hashing.tokenCounter();
  }

  @Override
  public Limits limits() {
    return new Limits(256, 4, 1_000, 3);
  }

  @Override
  public List<float[]> embed(List<String> batch) {
    pass();
    if (texts.size() + batch.size() > failAfter) {
      throw new IllegalStateException("service down");
    }
    batch.stream().filter(text -> !Canaries.TEXTS.contains(text)).forEach(texts::add);
    return hashing.embed(batch);
  }

  @Override
  public float[] embedQuery(String text) {
    return hashing.embedQuery(text);
  }

  private void pass() {
    Gate now = gate;
    if (now != null) {
      waiting.release();
      try {
        now.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  /** What a test lets calls wait for. */
  interface Gate {
    void await() throws InterruptedException;
  }
}
