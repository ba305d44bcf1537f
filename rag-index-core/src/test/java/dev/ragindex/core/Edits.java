package dev.ragindex.core;

import dev.ragindex.api.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Random changes to a source, of every kind that a run tells apart. */
final class Edits {

  private static final int KEYS = 12;
  private final Random random;
  private final MapSource source;
  private final TreeSet<String> keys = new TreeSet<>();

  Edits(long seed, MapSource source) {
    this.random = new Random(seed);
    this.source = source;
  }

  /** Makes some changes. */
  void make(int changes) {
    for (int i = 0; i < changes; i++) {
      one();
    }
  }

  private void one() {
    String key = "k" + random.nextInt(KEYS);
    if (!keys.contains(key)) {
      put(key, keys.isEmpty() || random.nextInt(3) > 0 ? text() : source.text(any()));
      return;
    }
    switch (random.nextInt(10)) {
      case 0 -> {
        source.remove(key);
        keys.remove(key);
      }
      case 1 -> rename(key, "k" + random.nextInt(KEYS));
      case 2 -> source.touch(key);
      case 3 -> source.metadata(key, Metadata.EMPTY.with("colour", random.nextInt(3)));
      case 4 -> put(key, "!" + source.text(key));
      case 5 -> put(key, "x");
      case 6 -> put(key, source.text(any()));
      case 7 -> put(key, source.text(key) + " ".repeat(1 + random.nextInt(3)));
      default -> put(key, edited(source.text(key)));
    }
  }

  private void rename(String from, String to) {
    if (!keys.contains(to)) {
      source.rename(from, to);
      keys.remove(from);
      keys.add(to);
    }
  }

  private void put(String key, String text) {
    source.put(key, text);
    keys.add(key);
  }

  private String any() {
    return List.copyOf(keys).get(random.nextInt(keys.size()));
  }

  /** Paragraphs from a small stock, so that documents share some. */
  private String text() {
    List<String> paragraphs = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      paragraphs.add(paragraph());
    }
    return String.join("\n\n", paragraphs);
  }

  private String paragraph() {
    return "Paragraph %d of a small stock says something of its own, at some length."
        .formatted(random.nextInt(30));
  }

  private String edited(String text) {
    List<String> paragraphs = new ArrayList<>(List.of(text.split("\n\n")));
    paragraphs.set(random.nextInt(paragraphs.size()), paragraph());
    return String.join("\n\n", paragraphs);
  }
}
