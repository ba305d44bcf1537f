package dev.ragindex.benchmarks.speed;

import dev.ragindex.benchmarks.tokens.TextKind;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Benchmarks that run with some parameters. The table has every strategy with every counter on
 * every kind of text; competitors and variants run where they tell something new.
 *
 * @param benchmarks regular expression of their names
 * @param parameters values of each parameter
 */
record SpeedRun(String benchmarks, Map<String, List<String>> parameters) {

  private static final String PACKAGE = "dev\\.ragindex\\.benchmarks\\.";
  private static final List<String> KINDS =
      Arrays.stream(TextKind.values()).map(TextKind::name).toList();
  private static final List<String> SOME_KINDS = List.of("ENGLISH", "CHINESE");
  private static final List<String> STRATEGIES =
      List.of("fixed", "sentence", "recursive", "structure");

  /** All that the table is made of. */
  static final List<SpeedRun> TABLE =
      List.of(
          new SpeedRun(
              "speed.ChunkerBenchmark",
              Map.of(
                  "strategy", STRATEGIES,
                  "counting", List.of("CL100K", "O200K", "WORD_PIECE"),
                  "kind", KINDS)),
          new SpeedRun(
              "speed.ChunkerBenchmark.seen",
              Map.of("strategy", STRATEGIES, "counting", List.of("CHARACTERS"), "kind", KINDS)),
          new SpeedRun(
              "speed.ChunkerBenchmark.seen",
              Map.of(
                  "strategy", List.of("sentence", "recursive", "structure"),
                  "counting", List.of("CL100K"),
                  "packing", List.of("GREEDY"),
                  "kind", List.of("ENGLISH"))),
          new SpeedRun(
              "speed.ChunkerBenchmark.seen",
              Map.of(
                  "strategy", List.of("semantic"),
                  "counting", List.of("CL100K"),
                  "kind", List.of("ENGLISH", "MARKDOWN"))),
          new SpeedRun(
              "speed.JtokkitBenchmark", Map.of("counting", List.of("CL100K"), "kind", KINDS)),
          new SpeedRun(
              "speed.JtokkitBenchmark.(count|langChain4j)",
              Map.of("counting", List.of("O200K"), "kind", List.of("ENGLISH"))),
          new SpeedRun(
              "speed.LangChain4jBenchmark",
              Map.of("counting", List.of("CL100K"), "kind", List.of("ENGLISH"))),
          new SpeedRun(
              "speed.LangChain4jBenchmark",
              Map.of("counting", List.of("CHARACTERS"), "kind", KINDS)),
          new SpeedRun("speed.SentenceIteratorBenchmark", Map.of("kind", SOME_KINDS)),
          new SpeedRun(
              "tokens.BytePairBenchmark.(seen|unseen)",
              Map.of("tokenizer", List.of("CL100K", "O200K"), "kind", SOME_KINDS)));

  /**
   * Runs them, one fork each, as briefly as the table of them all demands.
   *
   * @param given what a user wants otherwise: times, and values of parameters
   */
  Collection<RunResult> run(Options given) throws RunnerException {
    Map<String, List<String>> wanted = new TreeMap<>();
    parameters.forEach((name, values) -> wanted.put(name, wanted(given, name, values)));
    if (wanted.containsValue(List.<String>of())) {
      return List.of();
    }
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(given)
            .include(PACKAGE + benchmarks)
            .forks(given.getForkCount().orElse(1))
            .warmupIterations(given.getWarmupIterations().orElse(6))
            .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
            .measurementIterations(given.getMeasurementIterations().orElse(5))
            .measurementTime(given.getMeasurementTime().orElse(TimeValue.milliseconds(500)))
            .shouldFailOnError(true)
            .addProfiler(GCProfiler.class);
    wanted.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    return new Runner(options.build()).run();
  }

  private static List<String> wanted(Options given, String name, List<String> values) {
    return given.getParameter(name).hasValue()
        ? values.stream().filter(given.getParameter(name).get()::contains).toList()
        : values;
  }
}
