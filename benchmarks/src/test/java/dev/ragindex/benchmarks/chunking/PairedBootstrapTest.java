package dev.ragindex.benchmarks.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

  @Test
  void equal_differences_leave_no_doubt() {
    double[] differences = new double[50];
    Arrays.fill(differences, -0.25);

    assertThat(PairedBootstrap.lowerBound(differences)).isEqualTo(-0.25);
  }

  @Test
  void bound_is_near_that_of_the_normal_distribution() {
    // 200 wins and 200 losses: mean 0, standard error 1 / sqrt(400)
    double[] differences = IntStream.range(0, 400).mapToDouble(i -> i % 2 == 0 ? 1 : -1).toArray();

    assertThat(PairedBootstrap.lowerBound(differences)).isEqualTo(-1.645 / 20, within(0.005));
  }
}
