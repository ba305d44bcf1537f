package dev.ragindex.core.chunk;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks along a document's blocks and says for each chunk under which headings it stands and on
 * which page. Chunks are asked for in order.
 */
final class Sections {

  /**
   * Where a chunk stands.
   *
   * @param path headings it stands under, outermost first, with those it starts with
   * @param above how many of them stand before its text
   * @param page page of its first block, 0 if there is none
   */
  record Place(List<String> path, int above, int page) {

    /** The headings that are not in the chunk's own text. */
    List<String> context() {
      return path.subList(0, above);
    }
  }

  private record Heading(int level, String text) {}

  private final String text;
  private final List<Block> blocks;
  private final List<Heading> open = new ArrayList<>();
  private int next;
  private int page;

  Sections(Document document) {
    this.text = document.text();
    this.blocks =
        document.blocks().stream().filter(block -> block.layer() == Block.Layer.BODY).toList();
  }

  /** The place of the chunk with this span. */
  Place at(int start, int end) {
    for (; next < blocks.size() && blocks.get(next).start() < start; next++) {
      page = blocks.get(next).page();
      enter(open, blocks.get(next));
    }
    List<Heading> path = new ArrayList<>(open);
    int above = path.size();
    int first = CharClass.skipSpace(text, start, end);
    if (next == blocks.size() || blocks.get(next).start() > first) {
      return new Place(texts(path), above, page);
    }
    for (int i = next; i < blocks.size() && blocks.get(i).start() < end; i++) {
      boolean leads = blocks.get(i).kind() == Block.Kind.HEADING && (i == next || isNested(i));
      if (!leads) {
        break;
      }
      enter(path, blocks.get(i));
      above = Math.min(above, path.size() - 1);
    }
    return new Place(texts(path), above, blocks.get(next).page());
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
