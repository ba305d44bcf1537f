package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Embedder.Limits;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Stage;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.EmbeddingCalls.Answer;
import dev.ragindex.core.embed.HashingEmbedder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class CuttingCallsTest {

  private final TokenBudget budget = new TokenBudget(null);

  private static List<Answer> answer(List<TextToEmbed> texts) {
    if (texts.getFirst().text().equals("bad")) {
      return List.of(
          new Answer.Refused(
              new IndexingException(Stage.EMBED, IndexingException.Kind.CONTENT, "refused")));
    }
    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    return List.of(new Answer.Embedded(new float[] {1}));
  }

  /** Else the ceiling would be given back what is being spent. */
  @Test
  void a_refused_text_is_reported_when_all_others_are_paid_for() {
    TokenCounter counter = HashingEmbedder.create().tokenCounter();
    try (Batcher batcher =
        new Batcher(new Limits(256, 1, 1_000, 2), Batcher.PATIENCE, CuttingCallsTest::answer)) {
      CuttingCalls calls = new CuttingCalls(counter, batcher, budget, new StageTimes());

      assertThatThrownBy(() -> calls.embed(List.of("bad", "a good one")))
          .isInstanceOf(IndexingException.class);
    }
    assertThat(budget.tookToCut()).isPositive().isEqualTo(counter.count("a good one"));
  }
}
