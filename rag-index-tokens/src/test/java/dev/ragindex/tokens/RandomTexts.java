package dev.ragindex.tokens;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random texts of many scripts; {@code -Dtokens.seed=N} repeats a run. */
final class RandomTexts {

  private static final int[][] BLOCKS = {
    {0x20, 0x7E},
    {0x61, 0x7A},
    {0x00, 0xFF},
    {0xC0, 0x24F},
    {0x300, 0x36F},
    {0x370, 0x52F},
    {0x590, 0x6FF},
    {0x900, 0xDFF},
    {0xE00, 0xE7F},
    {0x1100, 0x11FF},
    {0x1E00, 0x1FFF},
    {0x2000, 0x206F},
    {0x2070, 0x2BFF},
    {0x3000, 0x30FF},
    {0x4E00, 0x9FFF},
    {0xAC00, 0xD7A3},
    {0xE000, 0xFFFF},
    {0x1F300, 0x1FAFF},
    {0x10000, 0x1FFFF},
    {0x20000, 0x2FFFF},
    {0, 0x10FFFF}
  };

  private final Random random;

  RandomTexts(Random random) {
    this.random = random;
  }

  static long seed() {
    long seed = Long.getLong("tokens.seed", System.nanoTime());
    System.out.println("-Dtokens.seed=" + seed);
    return seed;
  }

  Stream<String> stream(int count) {
    return IntStream.range(0, count).mapToObj(i -> next());
  }

  private String next() {
    StringBuilder text = new StringBuilder();
    int runs = 1 + random.nextInt(12);
    for (int i = 0; i < runs; i++) {
      int[] block = BLOCKS[random.nextInt(BLOCKS.length)];
      int length = random.nextInt(20) == 0 ? random.nextInt(220) : random.nextInt(8);
      for (int j = 0; j < length; j++) {
        text.appendCodePoint(scalar(block[0] + random.nextInt(block[1] - block[0] + 1)));
      }
      text.append(random.nextInt(3) == 0 ? " " : "");
    }
    return text.toString();
  }

  private static int scalar(int codePoint) {
    return codePoint >= 0xD800 && codePoint <= 0xDFFF ? 'x' : codePoint;
  }
}
