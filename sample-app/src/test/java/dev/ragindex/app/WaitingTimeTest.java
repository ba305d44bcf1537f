package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class WaitingTimeTest {

  @ParameterizedTest
  @CsvSource({"30s, PT30S", "5m, PT5M", "1h30m, PT1H30M", "PT30S, PT30S", "0s, PT0S", "P1D, P1D"})
  void times_are_read(String written, Duration meant) {
    assertThat(new WaitingTime().convert(written)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "soon", "-5s", "PT-5S", "5 m", "s", "99999999999s"})
  void anything_else_is_refused(String written) {
    assertThatThrownBy(() -> new WaitingTime().convert(written))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("30s");
  }
}
