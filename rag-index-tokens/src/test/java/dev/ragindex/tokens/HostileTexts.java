package dev.ragindex.tokens;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Texts made of what splitting rules stumble over. */
final class HostileTexts {

  private static final String[] PARTS = {
    "a",
    "A",
    "s",
    "S",
    "'",
    "'s",
    "'S",
    "'ll",
    "'LL",
    "'RE",
    "'v",
    "\u017F",
    "'\u017F",
    " ",
    "  ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\u00A0",
    "\u0085",
    "\u3000",
    "1",
    "12",
    "\u0663",
    "\u00BD",
    ".",
    "!",
    "/",
    "//",
    "-",
    "\u0301",
    "\u0301\u0302",
    "中",
    "文",
    "😀",
    "\u200D",
    "\uFE0F",
    "\u01C5",
    "\u02B0",
    "é",
    "É",
    "\uD801\uDC00",
    "\uD801\uDC28",
    "\uD834\uDD65",
    "the",
    "ing",
    "ation",
    "\uFFFD",
    "<|endoftext|>",
    "ก\u0E33",
    "\u1100",
    "\u2028",
    "\u0000",
    "\uFEFF"
  };

  private final Random random;

  HostileTexts(Random random) {
    this.random = random;
  }

  /** Mixtures, some longer than what a counter looks at in one go. */
  Stream<String> mixtures(int count) {
    return Stream.generate(this::mixture).limit(count);
  }

  private String mixture() {
    StringBuilder text = new StringBuilder();
    int parts = 1 + random.nextInt(random.nextInt(100) == 0 ? 8_000 : 14);
    for (int i = 0; i < parts; i++) {
      text.append(
          random.nextInt(10) == 0
              ? word(random, random.nextInt(12))
              : PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }

  /** Runs of two or three symbols: long pieces whose tokens depend on what stands far off. */
  Stream<String> symbolRuns(int count) {
    return Stream.generate(this::symbolRun).limit(count);
  }

  private String symbolRun() {
    String symbols = "-=_*#.+~<>/|!()[]{}";
    int first = random.nextInt(symbols.length() - 2);
    StringBuilder text = new StringBuilder();
    while (text.length() < 600) {
      text.repeat(symbols.charAt(first + random.nextInt(3)), 1 + random.nextInt(40));
    }
    return text.toString();
  }

  /** Random letters. */
  static String word(Random random, int length) {
    return random
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** One thing over and over. */
  static List<String> repeated(int length) {
    return Stream.of(PARTS).map(part -> part.repeat(length / part.length())).toList();
  }
}
