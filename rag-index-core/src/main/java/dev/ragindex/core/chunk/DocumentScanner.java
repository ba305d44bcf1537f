package dev.ragindex.core.chunk;

import dev.ragindex.api.Block;
import dev.ragindex.api.CountedText;
import dev.ragindex.api.Document;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document's indexed text once, from block to block, and writes its units. White space
 * between blocks belongs to the unit before it, {@link Marks} to the block they lead to; other text
 * outside of blocks is taken as prose.
 */
final class DocumentScanner {

  /** Characters of a unit, or fewer. */
  private static final int USUAL_UNIT = 64;

  private final String text;
  private final UnitWriter units;
  private final boolean structured;
  private @Nullable Block previous;

  private DocumentScanner(String text, UnitWriter units, boolean structured) {
    this.text = text;
    this.units = units;
    this.structured = structured;
  }

  /** Says whether the indexed text is nothing but white space. */
  static boolean isBlank(Document document) {
    int end = document.indexedEnd();
    return CharClass.skipSpace(document.text(), 0, end) == end;
  }

  /**
   * Makes the unit table of a document.
   *
   * @param counted tells the tokens of its indexed text
   * @param heaviest weight above which units are divided
   */
  static UnitTable scan(Document document, Strategy strategy, CountedText counted, int heaviest) {
    String text = document.text();
    UnitTable.Builder table = new UnitTable.Builder(text.length() / USUAL_UNIT);
    UnitWriter units = new UnitWriter(document, counted, heaviest, table);
    DocumentScanner scanner = new DocumentScanner(text, units, strategy.structured());
    int at = 0;
    for (Block block : document.blocks()) {
      if (block.layer() == Block.Layer.BODY) {
        int lead = Marks.lead(text, at, block.start());
        scanner.loose(at, lead);
        scanner.block(block, lead);
        at = block.end();
      }
    }
    scanner.loose(at, document.indexedEnd());
    units.finish(document.indexedEnd());
    return table.build(document.indexedEnd());
  }

  /** Text outside of blocks. */
  private void loose(int start, int end) {
    if (Marks.hasWords(text, start, end)) {
      int first = CharClass.skipSpace(text, start, end);
      if (start > 0) {
        units.boundary(first, Level.BLOCK);
      }
      ProseScanner.scan(text, units, first, end);
      previous = null;
    }
  }

  private void block(Block block, int lead) {
    if (lead > 0) {
      units.boundary(lead, levelBefore(block));
    }
    switch (block.kind()) {
      case PARAGRAPH, LIST_ITEM -> ProseScanner.scan(text, units, block.start(), block.end());
      case CODE -> code(block.start(), block.end());
      case HEADING, TABLE_HEADER, TABLE_ROW -> {}
    }
    previous = block;
  }

  private byte levelBefore(Block block) {
    if (block.kind() == Block.Kind.HEADING) {
      return isFirstWithin(block) ? Level.BOND : Level.heading(block.level());
    }
    if (previous == null) {
      return Level.BLOCK;
    }
    return switch (previous.kind()) {
      case HEADING, TABLE_HEADER -> Level.BOND;
      case LIST_ITEM -> block.kind() == Block.Kind.LIST_ITEM ? betweenItems(block) : Level.BLOCK;
      case TABLE_ROW -> block.kind() == Block.Kind.TABLE_ROW ? Level.LINE : Level.BLOCK;
      case PARAGRAPH -> structured && isLeadIn(previous, block) ? Level.BOND : Level.BLOCK;
      case CODE -> Level.BLOCK;
    };
  }

  private byte betweenItems(Block item) {
    if (!structured || previous == null || item.level() == 1) {
      return Level.LINE;
    }
    return previous.level() < item.level() ? Level.BOND : Level.SENTENCE;
  }

  /** A paragraph that announces a list, table or code. */
  private boolean isLeadIn(Block paragraph, Block block) {
    char last = text.charAt(paragraph.end() - 1);
    return block.kind() != Block.Kind.PARAGRAPH && (last == ':' || last == '\uFF1A');
  }

  /** A heading right below its parent, with no text between them. */
  private boolean isFirstWithin(Block heading) {
    return previous != null
        && previous.kind() == Block.Kind.HEADING
        && previous.level() < heading.level();
  }

  private void code(int start, int end) {
    if (!structured) {
      CodeScanner.scanLines(text, units, start, end);
    } else if (!units.fits(start, end)) {
      CodeScanner.scanTopLevel(text, units, start, end);
    }
  }
}
