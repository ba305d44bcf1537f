package dev.ragindex.proof;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.embed.HashingEmbedder;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The hashing embedder in small calls, as a mortal process has it. Thread-safe. */
final class MortalEmbedder implements Embedder {

  private final Embedder hashing = HashingEmbedder.create();
  private final Lifetime life;
  private final AtomicInteger texts = new AtomicInteger();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  MortalEmbedder(Lifetime life) {
    this.life = life;
  }

  /** How many texts were embedded. */
  int texts() {
    return texts.get();
  }

  /** The texts embedded since this was last called. */
  Set<String> taken() {
    Set<String> taken = new HashSet<>();
    for (String text = asked.poll(); text != null; text = asked.poll()) {
      taken.add(text);
    }
    return taken;
  }

  @Override
  public Signature signature() {
    return hashing.signature();
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
    return new Limits(512, 4, 1_024, 2);
  }

  @Override
  public List<float[]> embed(List<String> batch) {
    return life.around(
        () -> {
          texts.addAndGet(batch.size());
          asked.addAll(batch);
          return hashing.embed(batch);
        });
  }

  @Override
  public float[] embedQuery(String text) {
    return hashing.embedQuery(text);
  }
}
