package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.RateLimits;
import dev.ragindex.api.ServiceException;
import dev.ragindex.api.ServiceException.Reason;
import dev.ragindex.api.Signature;
import dev.ragindex.api.Stage;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.embed.HashingEmbedder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An embedder whose next answers a test decides; without a script it is the hashing one. */
final class ScriptedEmbedder implements Embedder {

  final HashingEmbedder hashing = HashingEmbedder.create();
  final ConcurrentLinkedQueue<List<String>> calls = new ConcurrentLinkedQueue<>();
  private final Queue<Function<List<String>, List<float[]>>> script = new ArrayDeque<>();
  volatile Function<List<String>, List<float[]>> otherwise = hashing::embed;
  int countersAsked;
  volatile Limits limits = new Limits(256, 8, 1_000, 2);
  volatile RateLimits rates = RateLimits.UNKNOWN;

  /** What the next call gets; can be said several times. */
  ScriptedEmbedder then(Function<List<String>, List<float[]>> answer) {
    script.add(answer);
    return this;
  }

  ScriptedEmbedder thenFails(int times, Reason reason, @Nullable Duration retryAfter) {
    for (int i = 0; i < times; i++) {
      then(failing(reason, retryAfter));
    }
    return this;
  }

  static Function<List<String>, List<float[]>> failing(
      Reason reason, @Nullable Duration retryAfter) {
    return texts -> {
      throw new ServiceException(Stage.EMBED, reason, retryAfter, "scripted " + reason, null);
    };
  }

  /** Refuses each call that holds this text. */
  Function<List<String>, List<float[]>> refusing(String poison, Reason reason) {
    return texts -> texts.contains(poison) ? failing(reason, null).apply(texts) : vectors(texts);
  }

  List<float[]> vectors(List<String> texts) {
    return hashing.embed(texts);
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    calls.add(List.copyOf(texts));
    Function<List<String>, List<float[]>> answer;
    synchronized (script) {
      answer = script.isEmpty() ? otherwise : script.remove();
    }
    return answer.apply(texts);
  }

  @Override
  public RateLimits rateLimits() {
    return rates;
  }

  @Override
  public Signature signature() {
    return Signature.of("scripted", 1);
  }

  @Override
  public int dimension() {
    return hashing.dimension();
  }

  @Override
  public TokenCounter tokenCounter() {
    countersAsked++;
    return hashing.tokenCounter();
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public float[] embedQuery(String text) {
    return hashing.embedQuery(text);
  }
}
