package dev.ragindex.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks run. What they measure here means nothing. */
class BenchmarksTest {

  @Test
  void every_benchmark_runs() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("dev.ragindex.benchmarks")
                    .param("kind", "ENGLISH")
                    .param("tokenizer", "CL100K")
                    .param("counting", "CL100K")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(100))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    assertThat(results.stream().map(result -> result.getParams().getBenchmark()).distinct())
        .containsExactlyInAnyOrder(
            "dev.ragindex.benchmarks.speed.ChunkerBenchmark.seen",
            "dev.ragindex.benchmarks.speed.ChunkerBenchmark.unseen",
            "dev.ragindex.benchmarks.speed.JtokkitBenchmark.count",
            "dev.ragindex.benchmarks.speed.JtokkitBenchmark.langChain4j",
            "dev.ragindex.benchmarks.speed.JtokkitBenchmark.springAi",
            "dev.ragindex.benchmarks.speed.LangChain4jBenchmark.withOurCounter",
            "dev.ragindex.benchmarks.speed.SentenceIteratorBenchmark.icu",
            "dev.ragindex.benchmarks.speed.SentenceIteratorBenchmark.jdk",
            "dev.ragindex.benchmarks.tokens.BytePairBenchmark.seen",
            "dev.ragindex.benchmarks.tokens.BytePairBenchmark.unseen",
            "dev.ragindex.benchmarks.tokens.BytePairBenchmark.jtokkit",
            "dev.ragindex.benchmarks.tokens.WordPieceBenchmark.seen",
            "dev.ragindex.benchmarks.tokens.WordPieceBenchmark.unseen",
            "dev.ragindex.benchmarks.tokens.WordPieceBenchmark.encode");
  }
}
