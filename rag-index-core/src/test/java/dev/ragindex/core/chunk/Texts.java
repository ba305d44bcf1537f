package dev.ragindex.core.chunk;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Documents for tests, generated from a seed. */
final class Texts {

  private static final String[] SYLLABLES =
      "ba ce di fo gu la me ni ro su ta ve wi xo zu".split(" ");

  private Texts() {}

  /** A document without blocks. */
  static Document plain(String text) {
    return document(text, List.of());
  }

  static Document document(String text, List<Block> blocks) {
    DocumentId id = new DocumentId("test", "a.md");
    return new Document(
        id, text, text.length(), blocks, null, "text/markdown", Metadata.EMPTY, List.of());
  }

  /** Numbered sentences, nine in each paragraph. */
  static Document numbered(int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append("Sentence number ").append(i).append(" stands here, as it should. ");
      text.append(i % 9 == 8 ? "\n\n" : "");
    }
    return plain(text.toString());
  }

  /** One sentence of 4 to 24 words. */
  static String sentence(RandomGenerator random) {
    String words =
        IntStream.range(0, random.nextInt(4, 25))
            .mapToObj(i -> word(random) + (random.nextInt(9) == 0 ? "," : ""))
            .collect(Collectors.joining(" "));
    return Character.toUpperCase(words.charAt(0)) + words.substring(1).replaceAll(",$", "") + ".";
  }

  /** Sentences of one paragraph. */
  static List<String> sentences(RandomGenerator random, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> sentence(random))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  static String word(RandomGenerator random) {
    return IntStream.range(0, random.nextInt(1, 4))
        .mapToObj(i -> SYLLABLES[random.nextInt(SYLLABLES.length)])
        .collect(Collectors.joining());
  }

  /** Paragraphs, each a list of pieces: a heading or code is a single one. */
  static List<Part> parts(RandomGenerator random, int count) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(part(random));
    }
    return parts;
  }

  private static Part part(RandomGenerator random) {
    return switch (random.nextInt(10)) {
      case 0, 1 ->
          new Part(
              Block.Kind.HEADING, random.nextInt(1, 5), List.of(word(random) + " " + word(random)));
      case 2 -> new Part(Block.Kind.LIST_ITEM, 1, sentences(random, random.nextInt(1, 3)));
      case 3 -> new Part(Block.Kind.TABLE_ROW, 0, List.of(word(random) + " | " + word(random)));
      case 4 -> new Part(Block.Kind.CODE, 0, List.of(code(random)));
      default -> new Part(Block.Kind.PARAGRAPH, 0, sentences(random, random.nextInt(1, 9)));
    };
  }

  private static String code(RandomGenerator random) {
    return IntStream.range(0, random.nextInt(1, 12))
        .mapToObj(i -> "  ".repeat(random.nextInt(3)) + word(random) + "(" + word(random) + ");")
        .collect(Collectors.joining(random.nextInt(4) == 0 ? "\n\n" : "\n"));
  }

  /** Lays parts out as a document. */
  static Document layOut(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    List<Block> blocks = new ArrayList<>();
    for (Part part : parts) {
      int start = text.length();
      text.append(String.join(" ", part.sentences()));
      blocks.add(new Block(part.kind(), Block.Layer.BODY, start, text.length(), part.level(), 0));
      text.append("\n\n");
    }
    return document(text.toString(), blocks);
  }

  /** Characters of all kinds, without structure. */
  static String noise(RandomGenerator random, int length) {
    String[] pieces = {
      "a",
      "B",
      "word",
      " ",
      "  ",
      "\n",
      "\n\n",
      "\r\n",
      "\r\n\r\n",
      "\t",
      ".",
      "...",
      "!",
      "? ",
      ". ",
      ", ",
      "\"",
      ")",
      "e\u0301",
      "\u200D",
      "\uFE0F",
      "\uD83D\uDC68\u200D\uD83D\uDC69",
      "\uD83C\uDDE9",
      "\uD83C\uDDEA",
      "\uD83D\uDC4D\uD83C\uDFFD",
      "\u1112\u1161\u11AB",
      "\uAC00",
      "\u0E44\u0E17\u0E22",
      "\u0915\u094D\u0937",
      "\u3002",
      "\u6F22",
      "\u5B57",
      "\u2028",
      "\uFEFF",
      "\u200B",
      "\u202E",
      "\u0301",
      "12",
      "3.5",
      "\uFFFD",
      "\u061F ",
      "\uD840\uDC0B"
    };
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  /** A block in the making. */
  record Part(Block.Kind kind, int level, List<String> sentences) {
    /** With a sentence inserted. */
    Part insert(int at, String sentence) {
      List<String> more = new ArrayList<>(sentences);
      more.add(at, sentence);
      return new Part(kind, level, more);
    }
  }
}
