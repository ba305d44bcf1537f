package dev.ragindex.core.chunk;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks along a document's blocks and says for each chunk under which headings it stands and on
 * which page. Chunks are asked for in order.
 */
final class Sections {

  /**
   * Where a chunk stands.
   *
   * @param path headings it stands under, outermost first, with those it starts with
   * @param context what stands before its text: the headings not in it, and the header of the table
   *     it continues
   * @param page page of its first block, 0 if there is none
   */
  record Place(List<String> path, List<String> context, int page) {}

  private record Heading(int level, String text) {}

  private final String text;
  private final List<Block> blocks;
  private final List<Heading> open = new ArrayList<>();
  private int next;
  private int page;
  private final boolean withTableHeaders;
  private @Nullable String tableHeader;

  /**
   * Starts at the top of a document.
   *
   * @param withTableHeaders whether a table's header is context of the rows apart from it
   */
  Sections(Document document, boolean withTableHeaders) {
    this.withTableHeaders = withTableHeaders;
    this.text = document.text();
    this.blocks =
        document.blocks().stream().filter(block -> block.layer() == Block.Layer.BODY).toList();
  }

  /** The place of the chunk with this span. */
  Place at(int start, int end) {
    for (; next < blocks.size() && blocks.get(next).start() < start; next++) {
      pass(blocks.get(next));
    }
    int first = CharClass.skipSpace(text, start, end);
    if (next == blocks.size() || blocks.get(next).start() > first) {
      boolean inRow = next > 0 && isRow(next - 1) && blocks.get(next - 1).end() > first;
      return new Place(texts(open), context(open.size(), inRow), page);
    }
    List<Heading> path = new ArrayList<>(open);
    int above = path.size();
    for (int i = next; i < blocks.size() && blocks.get(i).start() < end; i++) {
      boolean leads = blocks.get(i).kind() == Block.Kind.HEADING && (i == next || isNested(i));
      if (!leads) {
        break;
      }
      enter(path, blocks.get(i));
      above = Math.min(above, path.size() - 1);
    }
    return new Place(texts(path), context(above, isRow(next)), blocks.get(next).page());
  }

  private void pass(Block block) {
    page = block.page();
    enter(open, block);
    switch (block.kind()) {
      case TABLE_HEADER -> tableHeader = text.substring(block.start(), block.end()).strip();
      case TABLE_ROW -> {}
      case HEADING, PARAGRAPH, LIST_ITEM, CODE -> tableHeader = null;
    }
  }

  private boolean isRow(int block) {
    return blocks.get(block).kind() == Block.Kind.TABLE_ROW;
  }

  private List<String> context(int above, boolean inTable) {
    List<String> context = new ArrayList<>(texts(open.subList(0, above)));
    if (withTableHeaders && inTable && tableHeader != null) {
      context.add(tableHeader);
    }
    return context;
  }

  private boolean isNested(int block) {
    return blocks.get(block).level() > blocks.get(block - 1).level();
  }

  private void enter(List<Heading> path, Block block) {
    if (block.kind() == Block.Kind.HEADING) {
      path.removeIf(heading -> heading.level() >= block.level());
      path.add(new Heading(block.level(), text.substring(block.start(), block.end()).strip()));
    }
  }

  private static List<String> texts(List<Heading> path) {
    return path.stream().map(Heading::text).toList();
  }
}
