package dev.ragindex.proof;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Signature;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Paragraphs end with a blank line; one that begins with "# " is a heading; "!" is damage. */
final class ParagraphParser implements DocumentParser {

  /** What a damaged document begins with. */
  static final String DAMAGE = "!";

  private static final String BLANK_LINE = "\n\n";

  @Override
  public Signature signature() {
    return Signature.of("paragraphs", 1);
  }

  @Override
  public Signature limits() {
    return Signature.of("no limits", 1);
  }

  @Override
  public Document parse(SourceDocument source) {
    String text = read(source);
    if (text.startsWith(DAMAGE)) {
      throw new IndexingException(Stage.PARSE, IndexingException.Kind.CONTENT, "damaged");
    }
    return new Document(
        source.id(),
        text,
        text.length(),
        blocks(text),
        null,
        "text/plain",
        Metadata.EMPTY,
        List.of());
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    int start = 0;
    for (String paragraph : text.split(BLANK_LINE, -1)) {
      if (!paragraph.isBlank()) {
        boolean heading = paragraph.startsWith("# ");
        blocks.add(
            new Block(
                heading ? Block.Kind.HEADING : Block.Kind.PARAGRAPH,
                Block.Layer.BODY,
                start,
                start + paragraph.length(),
                heading ? 1 : 0,
                0));
      }
      start += paragraph.length() + BLANK_LINE.length();
    }
    return blocks;
  }

  private static String read(SourceDocument source) {
    try (InputStream in = source.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IndexingException(Stage.READ, IndexingException.Kind.READ, "unreadable", e);
    }
  }
}
