package dev.ragindex.parsers;

import dev.ragindex.api.Block;
import dev.ragindex.api.Block.Kind;
import dev.ragindex.api.Block.Layer;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.jspecify.annotations.Nullable;

/** Turns a Markdown tree into spans of its text. Walks without recursion. */
final class MarkdownBlocks {

  private final String text;
  private final int offset;
  private final int limit;
  private final List<Block> blocks;
  private int listDepth;

  /**
   * Starts a walk.
   *
   * @param text the whole text
   * @param offset where in it the parsed part starts
   * @param limit where in it the walk ends, within a block of code or at the end
   * @param blocks where the blocks go
   */
  MarkdownBlocks(String text, int offset, int limit, List<Block> blocks) {
    this.text = text;
    this.offset = offset;
    this.limit = limit;
    this.blocks = blocks;
  }

  void walk(Node root) {
    Node node = root;
    while (node != null && start(node) < limit) {
      boolean leaf = enter(node);
      Node child = leaf ? null : node.getFirstChild();
      node = child != null ? child : leaveUntilNext(node, root);
    }
  }

  private @Nullable Node leaveUntilNext(Node from, Node root) {
    Node node = from;
    while (node != root) {
      leave(node);
      if (node.getNext() != null) {
        return node.getNext();
      }
      node = node.getParent();
    }
    return null;
  }

  /** Writes a leaf's block; says whether the node is a leaf. */
  private boolean enter(Node node) {
    switch (node) {
      case ListBlock list -> listDepth++;
      case Heading heading -> heading(heading);
      case Paragraph paragraph -> paragraph(paragraph);
      case TableRow row -> row(row);
      case FencedCodeBlock code -> fenced(code);
      case IndentedCodeBlock code -> add(Kind.CODE, 0, start(code), end(code));
      case HtmlBlock html -> add(Kind.PARAGRAPH, 0, start(html), end(html));
      default -> {
        return false;
      }
    }
    return !(node instanceof ListBlock);
  }

  private void leave(Node node) {
    if (node instanceof ListBlock) {
      listDepth--;
    }
  }

  /** The first paragraph of a list item is the item; its other blocks stand for themselves. */
  private void paragraph(Paragraph paragraph) {
    boolean item = paragraph.getParent() instanceof ListItem && paragraph.getPrevious() == null;
    add(
        item ? Kind.LIST_ITEM : Kind.PARAGRAPH,
        item ? listDepth : 0,
        start(paragraph),
        end(paragraph));
  }

  private void row(TableRow row) {
    boolean header = row.getParent() instanceof TableHead;
    int start = start(row);
    int end = end(row);
    while (start < end && isCellEdge(text.charAt(start))) {
      start++;
    }
    while (end > start && isCellEdge(text.charAt(end - 1))) {
      end--;
    }
    add(header ? Kind.TABLE_HEADER : Kind.TABLE_ROW, 0, start, end);
  }

  private static boolean isCellEdge(char c) {
    return c == '|' || c == ' ' || c == '\t';
  }

  /** The code itself: the lines of the fences stay out. */
  private void fenced(FencedCodeBlock code) {
    List<SourceSpan> lines = code.getSourceSpans();
    int last = lines.size() - (code.getClosingFenceLength() == null ? 1 : 2);
    while (last >= 1 && start(lines.get(last)) >= limit) {
      last--;
    }
    if (last >= 1) {
      add(Kind.CODE, 0, start(lines.get(1)), end(lines.get(last)));
    }
  }

  private void heading(Heading heading) {
    Node words = heading.getFirstChild();
    if (words != null) {
      add(Kind.HEADING, heading.getLevel(), start(words), end(words));
    }
  }

  private void add(Kind kind, int level, int start, int end) {
    if (!text.substring(start, end).isBlank()) {
      blocks.add(new Block(kind, Layer.BODY, start, end, level, 0));
    }
  }

  private int start(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    return spans.isEmpty() ? offset : start(spans.getFirst());
  }

  private int end(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    return spans.isEmpty() ? offset : end(spans.getLast());
  }

  private int start(SourceSpan span) {
    return offset + span.getInputIndex();
  }

  private int end(SourceSpan span) {
    return offset + span.getInputIndex() + span.getLength();
  }
}
