package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** An embedder that counts the tokens it is given. */
final class TokenMeter implements Embedder {

  private final Embedder embedder;
  private final LongAdder tokens = new LongAdder();

  TokenMeter(Embedder embedder) {
    this.embedder = embedder;
  }

  long tokens() {
    return tokens.sum();
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    texts.forEach(text -> tokens.add(tokenCounter().count(text)));
    return embedder.embed(texts);
  }

  @Override
  public float[] embedQuery(String text) {
    return embedder.embedQuery(text);
  }

  @Override
  public Signature signature() {
    return embedder.signature();
  }

  @Override
  public int dimension() {
    return embedder.dimension();
  }

  @Override
  public TokenCounter tokenCounter() {
    return embedder.tokenCounter();
  }

  @Override
  public Limits limits() {
    return embedder.limits();
  }
}
