package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.ServiceException;
import dev.ragindex.api.ServiceException.Reason;
import dev.ragindex.api.Stage;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls an embedder calmly. A call that fails in passing is repeated, later each time and not
 * before the service wants it; a service that does nothing but fail is left alone and the run ends;
 * of a call refused for its content the culprit is found by halving, so that only its document gets
 * a problem. Vectors are checked before anyone sees them. Thread-safe; serves one run.
 */
final class EmbeddingCalls {

  /** Calls that must have failed before the service counts as down, for each call in flight. */
  private static final int FAILURES_EACH = 6;

  private static final int FAILURE_PERCENT = 90;

  /** An answer that makes no sense is asked for again a few times, then a text may be why. */
  private static final int UNUSABLE_ATTEMPTS = 3;

  /** What {@link Retry} takes for "no more". */
  private static final long NEVER = -1;

  private static final TextToEmbed CONTROL = new TextToEmbed("a text that any model takes", 6);

  private final Embedder embedder;
  private final Pace pace;
  private final Retry retry;
  private final CircuitBreaker breaker;

  /**
   * How long to go on trying.
   *
   * @param attempts most attempts at one call
   * @param first wait before the second attempt, doubled each time, give or take a half
   * @param longest longest wait that the service did not ask for itself
   */
  record Patience(int attempts, Duration first, Duration longest) {

    /** About two minutes. */
    static final Patience DEFAULT =
        new Patience(10, Duration.ofMillis(500), Duration.ofSeconds(30));
  }

  /** What became of a text. */
  sealed interface Answer {

    /**
     * It was embedded.
     *
     * @param vector of unit length
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Embedded(float[] vector) implements Answer {}

    /**
     * It is why a call was refused.
     *
     * @param why blames the content
     */
    record Refused(IndexingException why) implements Answer {}
  }

  EmbeddingCalls(Embedder embedder, Pace pace, Patience patience) {
    this.embedder = embedder;
    this.pace = pace;
    this.retry = Retry.of("embedder", retry(patience));
    this.breaker =
        CircuitBreaker.of("embedder", breaker(FAILURES_EACH * embedder.limits().callsInFlight()));
  }

  private static RetryConfig retry(Patience patience) {
    IntervalFunction backoff =
        IntervalFunction.ofExponentialRandomBackoff(patience.first(), 2, 0.5, patience.longest());
    return RetryConfig.custom()
        .maxAttempts(patience.attempts())
        .retryOnException(e -> e instanceof ServiceException failure && failure.canRepeat())
        .intervalBiFunction((attempt, result) -> interval(attempt, result, backoff))
        .build();
  }

  private static long interval(
      int attempt, Either<Throwable, Object> result, IntervalFunction backoff) {
    ServiceException failure = (ServiceException) result.getLeft();
    if (failure.reason() == Reason.UNUSABLE && attempt >= UNUSABLE_ATTEMPTS) {
      return NEVER;
    }
    Duration asked = failure.retryAfter();
    long own = backoff.apply(attempt);
    // Jitter on top of what was asked, so that calls held back together do not return together.
    return asked == null ? own : asked.toMillis() + Math.min(own, asked.toMillis() / 10 + 1);
  }

  private static CircuitBreakerConfig breaker(int calls) {
    return CircuitBreakerConfig.custom()
        .slidingWindow(2 * calls, calls, SlidingWindowType.COUNT_BASED)
        .failureRateThreshold(FAILURE_PERCENT)
        .recordException(EmbeddingCalls::meansTrouble)
        .waitDurationInOpenState(Duration.ofHours(1)) // the run is over before
        .build();
  }

  private static boolean meansTrouble(Throwable e) {
    return e instanceof ServiceException failure && failure.reason() == Reason.UNAVAILABLE;
  }

  /**
   * Embeds texts.
   *
   * @param texts within the embedder's limits
   * @return an answer for each, in the same order
   * @throws IndexingException if it is not a text's fault
   */
  List<Answer> call(List<TextToEmbed> texts) {
    try {
      return patiently(texts);
    } catch (ServiceException e) {
      return switch (e.reason()) {
        case REJECTED -> texts.size() == 1 ? refused(e) : halved(texts);
        case UNUSABLE -> texts.size() == 1 ? unusable(e) : halved(texts);
        case THROTTLED, UNAVAILABLE, MISCONFIGURED -> throw e;
      };
    } catch (IllegalArgumentException e) {
      return texts.size() == 1 ? refused(e) : halved(texts);
    } catch (CallNotPermittedException e) {
      throw failed("did nothing but fail for a while, so the run ends; run again later", e);
    }
  }

  private List<Answer> patiently(List<TextToEmbed> texts) {
    return retry.executeSupplier(() -> breaker.executeSupplier(() -> once(texts)));
  }

  private List<Answer> once(List<TextToEmbed> texts) {
    awaitTurn(texts.stream().mapToLong(TextToEmbed::tokens).sum());
    try {
      return checked(embedder.embed(texts.stream().map(TextToEmbed::text).toList()), texts.size());
    } catch (ServiceException e) {
      if (e.retryAfter() != null) {
        pace.holdBack(e.retryAfter());
      }
      throw e;
    } catch (IndexingException | IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed("failed: " + e.getClass().getName(), e);
    } finally {
      pace.keepWithin(embedder.rateLimits());
    }
  }

  private void awaitTurn(long tokens) {
    try {
      pace.await(tokens);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was not waited for: interrupted", e);
    }
  }

  private List<Answer> checked(List<float[]> vectors, int texts) {
    if (vectors.size() != texts) {
      throw unusable("gave " + vectors.size() + " vectors for " + texts + " texts");
    }
    List<Answer> answers = new ArrayList<>(texts);
    for (float[] vector : vectors) {
      answers.add(new Answer.Embedded(unit(vector)));
    }
    return answers;
  }

  private float[] unit(float[] vector) {
    if (vector.length != embedder.dimension()) {
      throw new ServiceException(
          Stage.EMBED,
          Reason.MISCONFIGURED,
          null,
          "the embedder %s gave a vector of %d dimensions, not %d"
              .formatted(name(), vector.length, embedder.dimension()),
          null);
    }
    try {
      return UnitVectors.unit(vector, embedder.dimension());
    } catch (IndexingException e) {
      throw unusable("gave a vector that is zero or not finite");
    }
  }

  private List<Answer> halved(List<TextToEmbed> texts) {
    int half = texts.size() / 2;
    List<Answer> answers = new ArrayList<>(call(texts.subList(0, half)));
    answers.addAll(call(texts.subList(half, texts.size())));
    return answers;
  }

  /** A text is to blame only if the embedder does give vectors for others. */
  private List<Answer> unusable(ServiceException e) {
    patiently(List.of(CONTROL));
    return refused(e);
  }

  private List<Answer> refused(RuntimeException e) {
    String why = e instanceof ServiceException ? ": " + e.getMessage() : "";
    return List.of(
        new Answer.Refused(
            new IndexingException(
                Stage.EMBED,
                Kind.CONTENT,
                "the embedder " + name() + " refused a text of it" + why,
                e)));
  }

  private ServiceException unusable(String how) {
    return new ServiceException(
        Stage.EMBED, Reason.UNUSABLE, null, "the embedder " + name() + " " + how, null);
  }

  private IndexingException failed(String how, Throwable cause) {
    return new IndexingException(
        Stage.EMBED, Kind.INFRASTRUCTURE, "the embedder " + name() + " " + how, cause);
  }

  private String name() {
    return embedder.signature().name();
  }
}
