package dev.ragindex.benchmarks.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {

  private static final Question QUESTION =
      new Question("?", "a", List.of(new Span(10, 20), new Span(50, 60)));

  @Test
  void half_of_the_answers_in_one_of_two_passages() {
    // 10 of 20 characters are found in passages of 30 and 20, one of them of another corpus
    Score score = Score.of(QUESTION, List.of(passage("a", 0, 30), passage("b", 50, 70)));

    assertThat(score.recall()).isEqualTo(0.5);
    assertThat(score.precision()).isEqualTo(10.0 / 50);
    assertThat(score.iou()).isEqualTo(10.0 / (50 + 10));
  }

  @Test
  void what_overlapping_passages_share_counts_once_as_found_but_twice_as_read() {
    Score score = Score.of(QUESTION, List.of(passage("a", 5, 15), passage("a", 10, 20)));

    assertThat(score.recall()).isEqualTo(0.5);
    assertThat(score.precision()).isEqualTo(10.0 / 20);
  }

  @Test
  void perfect_retrieval_takes_all_passages_that_touch_an_answer() {
    List<Passage> passages =
        List.of(
            passage("a", 0, 10), // ends where an answer begins
            passage("a", 10, 20),
            passage("a", 20, 45), // begins where it ends
            passage("a", 45, 55), // the other half of this answer is in no passage
            passage("b", 0, 100));

    assertThat(Score.omega(QUESTION, passages)).isEqualTo(15.0 / (55 + 5), within(1e-12));
  }

  private static Passage passage(String corpus, int start, int end) {
    return new Passage(corpus, new Span(start, end), "");
  }
}
