package dev.ragindex.core.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * BM25 (Robertson and Zaragoza, 2009) with the usual k1 = 1.2 and b = 0.75, in the variant without
 * negative weights that Lucene uses. A word is a run of letters and digits, in lower case.
 */
final class WordIndex {

  private static final double K1 = 1.2;
  private static final double B = 0.75;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  private final Map<String, Integer> textsWithWord = new HashMap<>();
  private long texts;
  private long words;

  /** Adds one text to the statistics. */
  void add(String text) {
    List<String> all = words(text);
    texts++;
    words += all.size();
    Set.copyOf(all).forEach(word -> textsWithWord.merge(word, 1, Integer::sum));
  }

  /** Scores one of the texts; 0 if it holds no word of the query. */
  double score(String query, String text) {
    List<String> all = words(text);
    double length = all.size() * (double) texts / Math.max(1, words);
    double score = 0;
    for (String word : new TreeSet<>(words(query))) {
      long count = all.stream().filter(word::equals).count();
      score += weight(word) * count * (K1 + 1) / (count + K1 * (1 - B + B * length));
    }
    return score;
  }

  private double weight(String word) {
    int found = textsWithWord.getOrDefault(word, 0);
    return Math.log1p((texts - found + 0.5) / (found + 0.5));
  }

  private static List<String> words(String text) {
    return BETWEEN_WORDS
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
