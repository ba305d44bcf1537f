package dev.ragindex.benchmarks.speed;

import dev.ragindex.benchmarks.tokens.TextKind;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * How fast a contender was.
 *
 * @param contender its name
 * @param counting what was counted; a dash if nothing was
 * @param kind the kind of text
 * @param megabytes millions of UTF-8 bytes a second
 * @param error half of the interval that holds the mean with 99.9 %
 * @param allocated bytes allocated for each byte of text
 */
record Rate(
    String contender,
    String counting,
    TextKind kind,
    double megabytes,
    double error,
    double allocated) {

  private static final Map<String, String> OTHERS =
      Map.of(
          "BytePairBenchmark.seen", "our counting alone, seen",
          "BytePairBenchmark.unseen", "our counting alone, unseen",
          "JtokkitBenchmark.count", "jtokkit counting alone",
          "JtokkitBenchmark.langChain4j", "LangChain4j recursive, jtokkit",
          "JtokkitBenchmark.springAi", "Spring AI TokenTextSplitter",
          "LangChain4jBenchmark.withOurCounter", "LangChain4j recursive, our counter",
          "SentenceIteratorBenchmark.jdk", "JDK sentence iterator",
          "SentenceIteratorBenchmark.icu", "ICU sentence iterator");

  static Rate of(RunResult run) {
    Result<?> megabytes = Objects.requireNonNull(run.getSecondaryResults().get("megabytes"));
    Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
    double perRun = megabytes.getScore() / run.getPrimaryResult().getScore() * 1e6;
    String counting = run.getParams().getParam("counting");
    String tokenizer = run.getParams().getParam("tokenizer");
    return new Rate(
        contender(run),
        counting != null ? counting : tokenizer != null ? tokenizer : "–",
        TextKind.valueOf(run.getParams().getParam("kind")),
        megabytes.getScore(),
        megabytes.getScoreError(),
        allocated == null ? Double.NaN : allocated.getScore() / perRun);
  }

  private static String contender(RunResult run) {
    String benchmark = run.getParams().getBenchmark();
    int method = benchmark.lastIndexOf('.');
    String name = benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    String other = OTHERS.get(name);
    return other != null
        ? other
        : "%s %s, %s"
            .formatted(
                run.getParams().getParam("strategy"),
                run.getParams().getParam("packing").toLowerCase(Locale.ROOT),
                benchmark.substring(method + 1));
  }
}
