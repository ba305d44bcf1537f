package dev.ragindex.core.chunk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** The sentences of {@code sentences.txt}, as a careful reader marked them. */
final class LabelledSentences {

  private static final char MARK = '¦';

  /**
   * A text and where its second and further sentences start.
   *
   * @param category what it is hard for
   */
  record Sample(String category, String text, SortedSet<Integer> starts) {}

  private LabelledSentences() {}

  static List<Sample> read() {
    List<Sample> samples = new ArrayList<>();
    String category = "";
    for (String line : content().lines().toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.endsWith(":")) {
        category = line.substring(0, line.length() - 1);
      } else {
        samples.add(sample(category, line.replace("\\n", "\n")));
      }
    }
    return samples;
  }

  private static Sample sample(String category, String marked) {
    String text = marked.replace(String.valueOf(MARK), "");
    SortedSet<Integer> starts = new TreeSet<>();
    for (int i = marked.indexOf(MARK); i >= 0; i = marked.indexOf(MARK, i + 1)) {
      starts.add(afterSpace(text, i - starts.size()));
    }
    return new Sample(category, text, starts);
  }

  /** Detectors differ on whether white space ends a sentence or starts one; readers do not care. */
  static int afterSpace(String text, int at) {
    return CharClass.skipSpace(text, at, text.length());
  }

  private static String content() {
    try (InputStream in = LabelledSentences.class.getResourceAsStream("sentences.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
