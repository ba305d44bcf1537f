package dev.ragindex.parsers;

import dev.ragindex.api.Block;
import dev.ragindex.api.Block.Kind;
import dev.ragindex.api.Block.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads plain text. Blocks are separated by blank lines; in prose a title line underlined with one
 * repeated character is a heading, its level given by the order in which styles first appear (as in
 * reStructuredText and AsciiDoc). In source code all blocks are code.
 */
final class TextReader implements FormatReader {

  private static final int MAX_LEVEL = 6;

  private final Kind kind;

  private TextReader(Kind kind) {
    this.kind = kind;
  }

  static TextReader prose() {
    return new TextReader(Kind.PARAGRAPH);
  }

  static TextReader code() {
    return new TextReader(Kind.CODE);
  }

  @Override
  public void read(Content content, DocumentWriter out) throws IOException {
    String text = PlainText.read(content, out);
    out.addVerbatim(text, new Blocks(text).read());
  }

  /** One pass over the lines of one text. */
  private final class Blocks {

    private final String text;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, Integer> levels = new HashMap<>();
    private int blockStart = -1;
    private int blockEnd;

    Blocks(String text) {
      this.text = text;
    }

    List<Block> read() {
      Line before = Line.NONE;
      Line line = Line.at(text, 0);
      while (line.exists()) {
        Line next = line.next(text);
        if (kind == Kind.PARAGRAPH && Underline.isTitle(text, before, line, next)) {
          heading(before, line, next);
          line = next;
        } else if (line.isBlank()) {
          close();
        } else {
          extend(line, before, next);
        }
        before = line;
        line = line.next(text);
      }
      close();
      return blocks;
    }

    private void heading(Line before, Line title, Line underline) {
      close();
      boolean overlined = Underline.of(text, before) == Underline.of(text, underline);
      String style = (overlined ? "over" : "") + text.charAt(underline.start());
      int level = levels.computeIfAbsent(style, s -> Math.min(levels.size() + 1, MAX_LEVEL));
      add(Kind.HEADING, title.textStart(), title.textEnd(), level);
    }

    private void extend(Line line, Line before, Line next) {
      if (blockStart < 0 && kind == Kind.PARAGRAPH && isOverline(line, before, next)) {
        return;
      }
      if (blockStart < 0) {
        blockStart = kind == Kind.CODE ? line.start() : line.textStart();
      }
      blockEnd = line.textEnd();
    }

    /** The line above an overlined title belongs to no block. */
    private boolean isOverline(Line line, Line before, Line next) {
      return Underline.isTitle(text, line, next, next.next(text))
          && before.isBlank()
          && Underline.of(text, line) != Underline.NO;
    }

    private void close() {
      if (blockStart >= 0) {
        add(kind, blockStart, blockEnd, 0);
        blockStart = -1;
      }
    }

    private void add(Kind what, int start, int end, int level) {
      blocks.add(new Block(what, Layer.BODY, start, end, level, 0));
    }
  }
}
