package dev.ragindex.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.RateLimits.Allowance;
import dev.ragindex.api.ServiceException.Reason;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ServiceExceptionTest {

  @Test
  void only_what_was_rejected_may_be_the_documents_fault() {
    assertThat(Arrays.stream(Reason.values()).filter(r -> failed(r).kind() == Kind.CONTENT))
        .containsExactly(Reason.REJECTED);
  }

  @Test
  void repeating_helps_unless_somebody_must_change_something() {
    assertThat(Arrays.stream(Reason.values()).filter(r -> !failed(r).canRepeat()))
        .containsExactly(Reason.REJECTED, Reason.MISCONFIGURED);
  }

  @Test
  void no_wait_ends_in_the_past() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ServiceException(
                    Stage.EMBED, Reason.THROTTLED, Duration.ofMillis(-1), "too often", null))
        .withMessageContaining("PT-0.001S");
  }

  @Test
  void a_rate_lets_something_through() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Allowance(0, 0, Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> new Allowance(1, -1, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Allowance(1, 1, Duration.ofNanos(-1)));
  }

  private static ServiceException failed(Reason reason) {
    return new ServiceException(Stage.EMBED, reason, null, "no", null);
  }
}
