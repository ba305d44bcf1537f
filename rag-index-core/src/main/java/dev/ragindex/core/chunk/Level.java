package dev.ragindex.core.chunk;

/**
 * How strongly a boundary separates what stands before it from what follows. A higher level makes a
 * better cut. The numbers are ordered, nothing else about them matters.
 */
final class Level {

  /** Between two characters. */
  static final byte GRAPHEME = 0;

  /** Between two words. */
  static final byte WORD = 1;

  /** After a comma, semicolon, colon or dash; between table cells. */
  static final byte CLAUSE = 2;

  /**
   * Between pieces that belong together: a heading and its text, a table's header and first row.
   */
  static final byte BOND = 3;

  /** Between sentences. */
  static final byte SENTENCE = 4;

  /** Between lines, list items or table rows. */
  static final byte LINE = 5;

  /** At a blank line within a block. */
  static final byte BLANK_LINE = 6;

  /** Between blocks. */
  static final byte BLOCK = 7;

  /** Where the topic changes, within a section. */
  static final byte TOPIC = 8;

  /** Where the text ends: what fits is kept together, but for the sections in it. */
  static final byte END = 9;

  /** The strongest of all: before an outermost heading. */
  static final byte HIGHEST = 15;

  private Level() {}

  /** Before a heading of level 1 (outermost) to 6. */
  static byte heading(int level) {
    return (byte) (HIGHEST + 1 - level);
  }

  /** Whether a topic may change at a boundary of a level: not within what belongs together. */
  static boolean mayBeTopic(byte level) {
    return level >= SENTENCE && level < TOPIC;
  }
}
