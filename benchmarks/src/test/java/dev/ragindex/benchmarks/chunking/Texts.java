package dev.ragindex.benchmarks.chunking;

import java.util.Random;

/** Writes made-up Markdown, the same for the same seed. */
final class Texts {

  private static final String[] WORDS =
      "amber bridge copper delta engine forest garden harbour island jungle kettle lantern"
          .split(" ");

  private Texts() {}

  /** A document of twelve sections. */
  static String markdown(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("# Title\n\n");
    for (int section = 1; section <= 12; section++) {
      text.append("## Section ").append(section).append("\n\n");
      for (int paragraph = 0; paragraph < 4; paragraph++) {
        text.append(paragraph(random)).append("\n\n");
      }
    }
    return text.toString();
  }

  private static String paragraph(Random random) {
    StringBuilder text = new StringBuilder();
    for (int sentence = 0; sentence < 3 + random.nextInt(4); sentence++) {
      text.append(sentence == 0 ? "" : " ").append("The");
      for (int word = 0; word < 6 + random.nextInt(12); word++) {
        text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
      }
      text.append('.');
    }
    return text.toString();
  }
}
