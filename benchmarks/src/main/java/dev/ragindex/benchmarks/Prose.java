package dev.ragindex.benchmarks;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes made-up English of any length, the same for the same seed. */
public final class Prose {

  private static final String[] WORDS =
      ("the of and a to in is you that it he was for on are as with his they I at be this have from"
           + " or one had by word but not what all were we when your can said there use an each"
           + " which she do how their if will up other about out many then them these so some her"
           + " would make like him into time has look two more write go see number no way could"
           + " people my than first water been call who oil its now find long down day did get come"
           + " made may part configuration documentation implementation specification")
          .split(" ", -1);

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private final List<Block> blocks = new ArrayList<>();

  private Prose(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Writes a document with headings and paragraphs.
   *
   * @param characters length it has at least
   * @param seed decides its words
   * @return the document
   */
  public static Document document(int characters, long seed) {
    Prose prose = new Prose(seed);
    while (prose.text.length() < characters) {
      prose.section();
    }
    return new Document(
        new DocumentId("prose", "prose-" + seed),
        prose.text.toString(),
        prose.text.length(),
        prose.blocks,
        null,
        "text/plain",
        Metadata.EMPTY,
        List.of());
  }

  private void section() {
    int start = text.length();
    words(4);
    block(Block.Kind.HEADING, start, 2);
    for (int i = 0; i < 3 + random.nextInt(6); i++) {
      paragraph();
    }
  }

  private void paragraph() {
    int start = text.length();
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      words(5 + random.nextInt(20));
      text.append(". ");
    }
    text.setLength(text.length() - 1);
    block(Block.Kind.PARAGRAPH, start, 0);
  }

  private void words(int count) {
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
  }

  private void block(Block.Kind kind, int start, int level) {
    blocks.add(new Block(kind, Block.Layer.BODY, start, text.length(), level, 0));
    text.append("\n\n");
  }
}
