package dev.ragindex.benchmarks.embed;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.RateLimits;
import dev.ragindex.benchmarks.sync.SyntheticSource;
import dev.ragindex.bridge.langchain4j.OpenAiEmbedders;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncReport;
import dev.ragindex.core.memory.InMemoryStore;
import dev.ragindex.parsers.TikaParser;
import dev.ragindex.tokens.BytePairCounter;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Prints how a sync uses a model behind a service that takes 100 ms a call: how much of what calls
 * in flight allow, how it lives with a service that turns calls away, and whether it keeps a rate.
 */
public final class RemoteFigures {

  private static final Duration ANSWER = Duration.ofMillis(100);
  private static final int TEXTS_A_CALL = 16;
  private static final int IN_FLIGHT = 4;
  private static final double GOAL = 0.9;
  private static final int PER_MINUTE = 1_200;

  private final int texts;
  private final PrintStream out;

  RemoteFigures(int texts, PrintStream out) {
    this.texts = texts;
    this.out = out;
  }

  /**
   * Takes and prints the figures.
   *
   * @param arguments number of texts, 10,000 if not said
   * @throws IOException if no port is free
   */
  public static void main(String[] arguments) throws IOException {
    int texts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    new RemoteFigures(texts, System.out).print();
  }

  void print() throws IOException {
    out.printf(
        Locale.ROOT,
        "%nA service on loopback, %d ms a call, %d texts a call, %d calls in flight.%n%n",
        ANSWER.toMillis(),
        TEXTS_A_CALL,
        IN_FLIGHT);
    out.println("| figure | goal | measured |\n|---|---|---|");
    fullCalls(texts / 10); // until the compilers are done
    row("%,d texts".formatted(texts), "at least 90 % of what is allowed", fullCalls(texts));
    row("the same, every fifth call turned away", "all done, none paid for twice", turnedAway());
    row(
        "%,d calls a minute set by hand".formatted(PER_MINUTE),
        "kept, and at least 90 % of it used",
        paced(Math.max(20, texts / 50)));
  }

  private void row(String figure, String goal, String measured) {
    out.println("| " + figure + " | " + goal + " | " + measured + " |");
  }

  private String fullCalls(int many) throws IOException {
    try (SlowService service = SlowService.start(ANSWER, 0);
        RagIndex index = index(service, TEXTS_A_CALL, RateLimits.UNKNOWN)) {
      SyncReport report = index.sync(texts(many));
      int made = service.calls();
      int calls = Math.ceilDiv(many, TEXTS_A_CALL);
      double allowed = (double) Math.ceilDiv(calls, IN_FLIGHT) * ANSWER.toMillis();
      double share = allowed / report.total().toMillis();
      return String.format(
          Locale.ROOT,
          "%.2f s in %,d calls, allowed %.2f s in %,d: %.0f %% (%s);"
              + " as many calls without documents %.2f s",
          report.total().toMillis() / 1e3,
          made,
          allowed / 1e3,
          calls,
          share * 100,
          share >= GOAL ? "met" : "missed",
          bareCalls(service, calls));
    }
  }

  /** Seconds that as many full calls take by themselves, as many in flight. */
  private static double bareCalls(SlowService service, int calls) {
    Embedder embedder = embedder(service, TEXTS_A_CALL);
    try (AtOnce threads = new AtOnce(IN_FLIGHT)) {
      long start = System.nanoTime();
      threads.forEach(
          calls,
          call ->
              embedder.embed(
                  IntStream.range(0, TEXTS_A_CALL)
                      .mapToObj(text -> "Text " + text + " of call " + call + ".")
                      .toList()));
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private String turnedAway() throws IOException {
    try (SlowService service = SlowService.start(ANSWER, 0.2);
        RagIndex index = index(service, TEXTS_A_CALL, RateLimits.UNKNOWN)) {
      SyncReport report = index.sync(texts(texts));
      return String.format(
          Locale.ROOT,
          "%,d added in %.1f s, %d calls turned away, %d texts embedded twice",
          report.added(),
          report.total().toMillis() / 1e3,
          service.refused(),
          service.twice());
    }
  }

  private String paced(int calls) throws IOException {
    try (SlowService service = SlowService.start(ANSWER, 0);
        RagIndex index = index(service, 1, RateLimits.perMinute(PER_MINUTE, 0))) {
      SyncReport report = index.sync(texts(calls));
      double rate = calls * 60_000.0 / report.total().toMillis();
      return String.format(
          Locale.ROOT,
          "%.0f a minute: %.0f %%; most within any second %d, of %d",
          rate,
          100 * rate / PER_MINUTE,
          service.mostCallsWithin(Duration.ofSeconds(1)),
          PER_MINUTE / 60);
    }
  }

  /** One chunk each. */
  private static SyntheticSource texts(int many) {
    return new SyntheticSource("remote", many, 1);
  }

  private static RagIndex index(SlowService service, int textsPerCall, RateLimits rates) {
    return RagIndex.builder()
        .store(InMemoryStore.create())
        .parser(TikaParser.create())
        .embedder(embedder(service, textsPerCall))
        .rateLimits(rates)
        .build();
  }

  private static Embedder embedder(SlowService service, int textsPerCall) {
    return OpenAiEmbedders.builder("slow", () -> "no-key", BytePairCounter.cl100k())
        .other(SlowService.DIMENSION, new Embedder.Limits(512, textsPerCall, 100_000, IN_FLIGHT))
        .baseUrl(service.baseUrl())
        .build();
  }
}
