package dev.ragindex.core.chunk;

import dev.ragindex.api.Block;
import dev.ragindex.api.Chunk;
import dev.ragindex.api.Document;
import dev.ragindex.api.Metadata;
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
  private final boolean withTableHeaders;
  private final List<Heading> open = new ArrayList<>();
  private int next;
  private int page;
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

  /** The chunk with this span, and where what it repeats of the chunk before starts. */
  Chunk chunk(int overlapStart, int start, int end) {
    Place place = at(start, end);
    return new Chunk(
        start,
        end,
        text.substring(start, end),
        text.substring(overlapStart, start),
        place.path(),
        place.context(),
        place.page(),
        Metadata.EMPTY);
  }

  /** The place of the chunk with this span. */
  Place at(int start, int end) {
    for (; next < blocks.size() && blocks.get(next).start() < start; next++) {
      pass(blocks.get(next));
    }
    int first = CharClass.skipSpace(text, start, end);
    if (next == blocks.size() || lead(next) > first) {
      boolean inRow = next > 0 && isRow(next - 1) && blocks.get(next - 1).end() > first;
      return new Place(texts(open), context(open.size(), inRow), page);
    }
    List<Heading> path = new ArrayList<>(open);
    int above = path.size();
    for (int i = next; isLeading(i, end); i++) {
      above = Math.min(above, enter(path, blocks.get(i)));
    }
    return new Place(texts(path), context(above, isRow(next)), blocks.get(next).page());
  }

  /** Whether a block is one of the headings, each within the one before, that start a chunk. */
  private boolean isLeading(int block, int chunkEnd) {
    return block < blocks.size()
        && blocks.get(block).kind() == Block.Kind.HEADING
        && blocks.get(block).start() < chunkEnd
        && (block == next || blocks.get(block).level() > blocks.get(block - 1).level());
  }

  private void pass(Block block) {
    page = block.page();
    if (block.kind() == Block.Kind.HEADING) {
      enter(open, block);
    }
    switch (block.kind()) {
      case TABLE_HEADER -> tableHeader = text.substring(block.start(), block.end()).strip();
      case TABLE_ROW -> {}
      case HEADING, PARAGRAPH, LIST_ITEM, CODE -> tableHeader = null;
    }
  }

  private int lead(int block) {
    int floor = block == 0 ? 0 : blocks.get(block - 1).end();
    return Marks.lead(text, floor, blocks.get(block).start());
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

  /** Ends the sections that a heading ends and opens its own; gives how many stay open above it. */
  private int enter(List<Heading> path, Block heading) {
    path.removeIf(other -> other.level() >= heading.level());
    int above = path.size();
    String title = text.substring(heading.start(), heading.end()).strip();
    if (!title.isEmpty()) {
      path.add(new Heading(heading.level(), title));
    }
    return above;
  }

  private static List<String> texts(List<Heading> path) {
    return path.stream().map(Heading::text).toList();
  }
}
