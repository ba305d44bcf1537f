package dev.ragindex.api;

/**
 * A structural piece of a document: a span of its canonical text. Blocks are leaves: they never
 * overlap, and a table or list is the run of its rows or items.
 *
 * @param kind what it is
 * @param layer where in the document's layers it stands
 * @param start offset of its first character, UTF-16 units into the document's text
 * @param end offset after its last character, greater than start
 * @param level headings: 1 (outermost) to 6; list items: depth from 1; else 0
 * @param page page, slide or sheet on which it starts, from 1; 0 if the format has none
 */
public record Block(Kind kind, Layer layer, int start, int end, int level, int page) {

  /** What a block is. */
  public enum Kind {
    /** A heading, level 1 to 6. */
    HEADING,
    /** Running text. */
    PARAGRAPH,
    /** One item of a list, level is its depth. */
    LIST_ITEM,
    /** A row that names a table's columns; it starts a table. */
    TABLE_HEADER,
    /** One other row of a table, its cells separated by {@code " | "}. */
    TABLE_ROW,
    /** Preformatted text or code, line breaks and indentation kept. */
    CODE
  }

  /** Where a block stands. Only {@link #BODY} is indexed. */
  public enum Layer {
    /** The content proper. */
    BODY,
    /** Running header. */
    HEADER,
    /** Running footer. */
    FOOTER,
    /** Speaker's or margin note, comment. */
    NOTE,
    /** Menus, breadcrumbs, side bars. */
    NAVIGATION,
    /** Text a reader does not see. */
    HIDDEN
  }

  /**
   * Checks span and level.
   *
   * @throws IllegalArgumentException if the span is empty or the level does not fit the kind
   */
  public Block {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("a block is a non-empty span, not " + start + ".." + end);
    }
    boolean fits =
        switch (kind) {
          case HEADING -> level >= 1 && level <= 6;
          case LIST_ITEM -> level >= 1;
          case PARAGRAPH, TABLE_HEADER, TABLE_ROW, CODE -> level == 0;
        };
    if (!fits || page < 0) {
      throw new IllegalArgumentException(kind + " of level " + level + " on page " + page);
    }
  }
}
