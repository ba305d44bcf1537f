package dev.ragindex.store.pgvector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionTest {

  @ParameterizedTest
  @CsvSource({
    "0.7.4, 3",
    "0.8.0, 2",
    "0.8.1, 2",
    "0.8.2, 1",
    "0.8.3, 1",
    "0.8.4, 0",
    "0.8.10, 0",
    "0.9, 0",
    "0.10.0, 0",
    "1.0.0, 0",
    "0.8.1-dev, 2",
    "none, 0"
  })
  void each_version_has_the_faults_of_its_time(String version, int faults) {
    Extension pgvector = new Extension(new SqlIdentifier("public"), version);

    assertThat(pgvector.faults()).hasSize(faults);
  }
}
