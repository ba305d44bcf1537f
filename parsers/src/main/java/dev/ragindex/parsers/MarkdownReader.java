package dev.ragindex.parsers;

import dev.ragindex.api.Block;
import dev.ragindex.api.Block.Kind;
import dev.ragindex.api.Block.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.parser.SourceLines;

/**
 * Reads Markdown (CommonMark and GitHub's tables). The canonical text is the file's own; markup
 * stands between the blocks: a heading's block is its words, without the number signs.
 */
final class MarkdownReader implements FormatReader {

  /** Deeper nested quotes and lists are read as text, as the parser's stack has an end. */
  private static final int MAX_DEPTH = 200;

  /** A short row counts as many cells as the table's first: an attack, if there were no end. */
  private static final int MAX_CELLS = 200_000;

  /** Most fences that are taken as left open, as the text behind each is read again. */
  private static final int MAX_OPEN = 8;

  private final Parser parser =
      Parser.builder()
          .extensions(List.of(TablesExtension.builder().maxCells(MAX_CELLS).build()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .inlineParserFactory(context -> MarkdownReader::keepSpans)
          .maxOpenBlockParsers(MAX_DEPTH)
          .build();

  /** Emphasis and links stay as they are written; only a heading's words have to be found. */
  private static void keepSpans(SourceLines lines, Node block) {
    if (block instanceof Heading && !lines.isEmpty()) {
      Text words = new Text();
      words.setSourceSpans(lines.getSourceSpans());
      block.appendChild(words);
    }
  }

  @Override
  public void read(Content content, DocumentWriter out) throws IOException {
    String text = PlainText.read(content, out);
    out.budget().markupBytes(text.length());
    FrontMatter front = FrontMatter.of(text);
    out.title(front.title());
    List<Block> blocks = new ArrayList<>();
    if (front.end() > 0) {
      blocks.add(new Block(Kind.PARAGRAPH, Layer.BODY, 0, front.end(), 0, 0));
    }
    body(text, front.end(), blocks);
    out.addVerbatim(text, blocks);
  }

  /** Reads on behind each fence that was left open, until the text or {@link #MAX_OPEN} ends. */
  private void body(String text, int start, List<Block> blocks) {
    int at = start;
    for (int open = 0; at < text.length(); open++) {
      String part = text.substring(at);
      Node tree = tree(part);
      int end = open < MAX_OPEN ? OpenFence.end(part, tree) : part.length();
      new MarkdownBlocks(text, at, at + end, blocks).walk(tree);
      at += end;
    }
  }

  private Node tree(String markdown) {
    try {
      return parser.parse(markdown);
    } catch (IllegalArgumentException e) {
      throw Budget.content("too large: tables of more than " + MAX_CELLS + " cells", e);
    }
  }
}
