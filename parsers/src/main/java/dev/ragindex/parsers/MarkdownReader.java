package dev.ragindex.parsers;

import dev.ragindex.api.Block;
import dev.ragindex.api.Block.Kind;
import dev.ragindex.api.Block.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Reads Markdown (CommonMark and GitHub's tables). The canonical text is the file's own; markup
 * stands between the blocks: a heading's block is its words, without the number signs.
 */
final class MarkdownReader implements FormatReader {

  /** Deeper nested quotes and lists are read as text, as the parser's stack has an end. */
  private static final int MAX_DEPTH = 200;

  private final Parser parser =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .maxOpenBlockParsers(MAX_DEPTH)
          .build();

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
    Node root = parser.parse(text.substring(front.end()));
    new MarkdownBlocks(text, front.end(), blocks).walk(root);
    out.addVerbatim(text, blocks);
  }
}
