package dev.ragindex.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.ragindex.api.VectorStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The contract is no formality: each defect fails a test of the rule that it breaks. That the same
 * tests pass without it is {@link PlainStoreTest}.
 */
class DefectsTest {

  /** Set while the contract runs on a defective store; the runner makes the instances. */
  private static volatile Defect present = Defect.NONE;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void a_defect_fails_a_test_of_its_rule(Defect defect) {
    TestExecutionSummary summary = run(defect);
    assertThat(summary.getTestsFoundCount()).isPositive();
    assertThat(summary.getTotalFailureCount()).isPositive();
  }

  private static TestExecutionSummary run(Defect defect) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(DefectiveStore.class))
            .filters(
                (PostDiscoveryFilter) test -> FilterResult.includedIf(isOf(defect.rule(), test)))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    present = defect;
    try {
      LauncherFactory.create().execute(request, listener);
    } finally {
      present = Defect.NONE;
    }
    return listener.getSummary();
  }

  private static boolean isOf(String rule, TestDescriptor test) {
    return test.getSource().orElse(null) instanceof MethodSource method
        && method.getMethodName().startsWith(rule + "_");
  }

  /** Runs in this test only. */
  static class DefectiveStore extends VectorStoreContract {

    private final PlainStore store = new PlainStore(present);
    private boolean opened;

    @Override
    protected VectorStore open() {
      if (opened) {
        store.openedAgain();
      }
      opened = true;
      return store;
    }
  }
}
