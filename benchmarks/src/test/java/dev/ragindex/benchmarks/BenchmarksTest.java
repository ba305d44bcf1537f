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
                    .param("characters", "20000")
                    .param("kind", "ENGLISH")
                    .param("tokenizer", "CL100K")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(100))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    assertThat(results)
        .extracting(result -> result.getParams().getBenchmark())
        .containsExactlyInAnyOrder(
            "dev.ragindex.benchmarks.ChunkingBenchmark.ours",
            "dev.ragindex.benchmarks.ChunkingBenchmark.langChain4j",
            "dev.ragindex.benchmarks.tokens.BytePairBenchmark.seen",
            "dev.ragindex.benchmarks.tokens.BytePairBenchmark.unseen",
            "dev.ragindex.benchmarks.tokens.BytePairBenchmark.jtokkit",
            "dev.ragindex.benchmarks.tokens.WordPieceBenchmark.seen",
            "dev.ragindex.benchmarks.tokens.WordPieceBenchmark.unseen",
            "dev.ragindex.benchmarks.tokens.WordPieceBenchmark.encode");
  }

  @Test
  void both_splitters_do_the_same_job() {
    ChunkingBenchmark benchmark = new ChunkingBenchmark();
    benchmark.characters = 20_000;
    benchmark.write();

    int ours = benchmark.ours().size();
    int theirs = benchmark.langChain4j().size();

    assertThat(ours).isBetween(theirs / 2, theirs * 2).isGreaterThan(10);
  }
}
