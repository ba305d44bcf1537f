package dev.ragindex.parsers;

import dev.ragindex.api.Block;
import dev.ragindex.api.Block.Kind;
import dev.ragindex.api.Block.Layer;
import dev.ragindex.api.CanonicalText;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays out a document: body first, all other layers behind it. A block is followed by an empty
 * line, a list item or table row by a line break while its list or table goes on. The end counts as
 * if a paragraph followed, so that appending one leaves all text before it as it was.
 */
final class DocumentWriter {

  private static final int MAX_FACT = 1_000;

  private static final int MAX_DEPTH = 10;

  private final Budget budget;
  private final int depth;
  private final Part body = new Part();
  private final Part rest = new Part();
  private final Set<String> warnings = new LinkedHashSet<>();
  private Metadata metadata = Metadata.EMPTY;
  private @Nullable String title;
  private int page;

  DocumentWriter(Budget budget) {
    this(budget, 0);
  }

  private DocumentWriter(Budget budget, int depth) {
    this.budget = budget;
    this.depth = depth;
  }

  /** A writer for a document inside of this one. */
  DocumentWriter child() {
    budget.entry();
    if (depth == MAX_DEPTH) {
      throw budget.fail(
          Budget.content("too large: more than " + MAX_DEPTH + " documents inside each other"));
    }
    return new DocumentWriter(budget, depth + 1);
  }

  Budget budget() {
    return budget;
  }

  /** The blocks to come stand on this page, slide or sheet. */
  void page(int number) {
    page = number;
  }

  /** Adds a block; one of nothing but white space is left out. */
  void add(Kind kind, Layer layer, int level, String text) {
    if (!text.isBlank()) {
      budget.spend(text.length());
      part(layer).add(kind, layer, level, CanonicalText.clean(text));
    }
  }

  /** The list or table that was being written is over. */
  void endRun() {
    body.runEnded = true;
    rest.runEnded = true;
  }

  /** Adds text as it stands in the file, with blocks whose offsets point into it. */
  void addVerbatim(String text, List<Block> blocks) {
    budget.spend(text.length());
    body.append(CanonicalText.clean(text), blocks, page);
  }

  /**
   * Adds all layers of a document found inside of this one, as part of the page it was found on.
   * Its title and facts stay with itself.
   */
  void append(DocumentWriter child) {
    body.append(child.body.closedText(), child.body.blocks, page);
    rest.append(child.rest.closedText(), child.rest.blocks, page);
    warnings.addAll(child.warnings);
  }

  /** Proposes a title; the first one that is not blank stays. */
  void title(@Nullable String proposal) {
    if (title == null && proposal != null && !proposal.isBlank()) {
      title = shorten(proposal);
    }
  }

  /** Records a fact; a blank one is left out. */
  void fact(String key, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      metadata = metadata.with(key, shorten(value));
    }
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  /** Says whether no layer holds any text. */
  boolean isEmpty() {
    return body.blocks.isEmpty() && rest.blocks.isEmpty();
  }

  /** Characters written to all layers so far. */
  int length() {
    return body.text.length() + rest.text.length();
  }

  /** Text of the first block of this kind and level in the body, or null. */
  @Nullable String first(Kind kind, int level) {
    for (Block block : body.blocks) {
      if (block.kind() == kind && block.level() == level) {
        return body.text.substring(block.start(), block.end());
      }
    }
    return null;
  }

  Document finish(DocumentId id, String mediaType) {
    title(first(Kind.HEADING, 1));
    String indexed = body.closedText();
    List<Block> blocks = new ArrayList<>(body.blocks);
    rest.blocks.forEach(block -> blocks.add(moved(block, indexed.length(), block.page())));
    return new Document(
        id,
        indexed + rest.closedText(),
        indexed.length(),
        blocks,
        title,
        mediaType,
        metadata,
        List.copyOf(warnings));
  }

  private Part part(Layer layer) {
    return layer == Layer.BODY ? body : rest;
  }

  private static String shorten(String value) {
    String line = InlineText.collapse(value);
    String cut = line.length() <= MAX_FACT ? line : line.substring(0, MAX_FACT);
    return CanonicalText.clean(cut);
  }

  private static Block moved(Block block, int by, int page) {
    return new Block(
        block.kind(), block.layer(), block.start() + by, block.end() + by, block.level(), page);
  }

  /** Text of one or more layers with its blocks. */
  private final class Part {

    final StringBuilder text = new StringBuilder();
    final List<Block> blocks = new ArrayList<>();
    boolean runEnded;
    private boolean open;

    void add(Kind kind, Layer layer, int level, String words) {
      separate(kind);
      int start = text.length();
      text.append(words);
      blocks.add(new Block(kind, layer, start, text.length(), level, page));
      open = true;
    }

    void append(String words, List<Block> more, int onPage) {
      separate(Kind.PARAGRAPH);
      int start = text.length();
      text.append(words);
      for (Block block : more) {
        blocks.add(moved(block, start, onPage));
      }
    }

    String closedText() {
      if (open) {
        separate(Kind.PARAGRAPH);
      }
      return text.toString();
    }

    private void separate(Kind next) {
      if (open) {
        boolean goesOn = !runEnded && continues(blocks.getLast().kind(), next);
        text.append(goesOn ? "\n" : "\n\n");
      } else if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
        text.append("\n\n");
      }
      open = false;
      runEnded = false;
    }

    private boolean continues(Kind last, Kind next) {
      return switch (next) {
        case LIST_ITEM -> last == Kind.LIST_ITEM;
        case TABLE_ROW -> last == Kind.TABLE_ROW || last == Kind.TABLE_HEADER;
        case TABLE_HEADER, HEADING, PARAGRAPH, CODE -> false;
      };
    }
  }
}
