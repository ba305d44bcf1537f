package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.util.ULocale;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** How well sentence boundaries are found, measured beside the detectors a JVM usually has. */
class SentenceQualityTest {

  private static final List<LabelledSentences.Sample> SAMPLES = LabelledSentences.read();

  /** A way to find where sentences start. */
  private record Detector(String name, Function<String, SortedSet<Integer>> starts) {}

  private static final Detector OURS = new Detector("rag-index", SentenceQualityTest::ours);
  private static final Detector JDK = new Detector("JDK", SentenceQualityTest::jdk);
  private static final Detector ICU = new Detector("ICU4J 79.1", SentenceQualityTest::icu);

  /** Boundaries found and labelled, found only, labelled only. */
  private record Score(int hits, int wrong, int missed) {
    Score plus(Score other) {
      return new Score(hits + other.hits, wrong + other.wrong, missed + other.missed);
    }

    double precision() {
      return (double) hits / (hits + wrong);
    }

    double recall() {
      return (double) hits / (hits + missed);
    }

    double f1() {
      return 2.0 * hits / (2 * hits + wrong + missed);
    }
  }

  @Test
  void the_labelled_set_is_large_and_varied() {
    int sentences = SAMPLES.stream().mapToInt(sample -> sample.starts().size() + 1).sum();

    assertThat(sentences).isGreaterThanOrEqualTo(250);
    assertThat(SAMPLES.stream().map(LabelledSentences.Sample::category).distinct())
        .hasSizeGreaterThan(10);
    assertThat(SAMPLES).allMatch(sample -> !sample.starts().contains(sample.text().length()));
  }

  @Test
  void nine_of_ten_boundaries_are_right_and_more_than_the_usual_detectors_find() {
    Score ours = score(OURS);
    Score jdk = score(JDK);
    Score icu = score(ICU);

    print(OURS, ours);
    print(JDK, jdk);
    print(ICU, icu);
    mistakes().forEach(System.out::println);
    assertThat(ours.f1()).isGreaterThanOrEqualTo(0.90);
    assertThat(ours.f1()).isGreaterThan(Math.max(jdk.f1(), icu.f1()));
  }

  private static void print(Detector detector, Score score) {
    System.out.printf(
        Locale.ROOT,
        "sentence boundaries, %-10s precision %.3f recall %.3f F1 %.3f%n",
        detector.name(),
        score.precision(),
        score.recall(),
        score.f1());
  }

  /** What ours gets wrong, with its marks. */
  private static List<String> mistakes() {
    return SAMPLES.stream()
        .filter(sample -> !ours(sample.text()).equals(sample.starts()))
        .map(sample -> "  " + sample.category() + ": " + marked(sample.text()))
        .toList();
  }

  private static String marked(String text) {
    StringBuilder marked = new StringBuilder(text);
    for (int start : new TreeSet<>(ours(text)).descendingSet()) {
      marked.insert(start, '¦');
    }
    return marked.toString().replace("\n", "\\n");
  }

  private static Score score(Detector detector) {
    return SAMPLES.stream()
        .map(sample -> score(sample.starts(), detector.starts().apply(sample.text())))
        .reduce(new Score(0, 0, 0), Score::plus);
  }

  private static Score score(SortedSet<Integer> labelled, SortedSet<Integer> found) {
    int hits = (int) found.stream().filter(labelled::contains).count();
    return new Score(hits, found.size() - hits, labelled.size() - hits);
  }

  private static SortedSet<Integer> ours(String text) {
    UnitTable units =
        DocumentScanner.scan(
            Texts.plain(text),
            Strategy.sentence(Packing.STABLE),
            WordCounter.ADDITIVE.counted(text),
            Integer.MAX_VALUE);
    int[] next = {0};
    return starts(text, () -> ++next[0] < units.size() ? units.offset(next[0]) : -1);
  }

  private static SortedSet<Integer> jdk(String text) {
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(text);
    return starts(text, sentences::next);
  }

  private static SortedSet<Integer> icu(String text) {
    com.ibm.icu.text.BreakIterator sentences =
        com.ibm.icu.text.BreakIterator.getSentenceInstance(ULocale.ROOT);
    sentences.setText(text);
    return starts(text, sentences::next);
  }

  /** Boundaries within a text, from the first to -1. */
  private static SortedSet<Integer> starts(String text, IntSupplier next) {
    SortedSet<Integer> starts = new TreeSet<>();
    for (int at = next.getAsInt(); at >= 0; at = next.getAsInt()) {
      int start = LabelledSentences.afterSpace(text, at);
      if (start > 0 && start < text.length()) {
        starts.add(start);
      }
    }
    return starts;
  }
}
