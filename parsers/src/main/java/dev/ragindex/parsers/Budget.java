package dev.ragindex.parsers;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Stage;
import org.jspecify.annotations.Nullable;

/**
 * What one parse may still use. Everything that works on one document shares it: streams and
 * writers ask it on the way, so that a parser which knows nothing of limits is stopped by what it
 * reads and writes through. The first failure is kept, because foreign parsers swallow exceptions.
 */
final class Budget {

  private final ParserLimits limits;
  private long characters;
  private int entries;
  private @Nullable IndexingException failure;
  private volatile boolean cancelled;

  Budget(ParserLimits limits) {
    this.limits = limits;
  }

  ParserLimits limits() {
    return limits;
  }

  /** Called by another thread: the parse is to end at the next checkpoint. */
  void cancel() {
    cancelled = true;
  }

  /** Ends a parse whose time is over or whose limit was exceeded before. */
  void checkpoint() {
    if (cancelled) {
      throw fail(new IndexingException(Stage.PARSE, Kind.TIMEOUT, "parsing was given up"));
    }
    rethrow();
  }

  /** Throws what failed earlier, even if a parser swallowed it. */
  void rethrow() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Remembers the first failure and returns it, to be thrown. */
  IndexingException fail(IndexingException reason) {
    if (failure == null) {
      failure = reason;
    }
    return failure;
  }

  void inputBytes(long total) {
    require("inputBytes", limits.inputBytes(), total, "bytes");
  }

  void markupBytes(long total) {
    require("markupBytes", limits.markupBytes(), total, "bytes of markup");
  }

  /** Small elements make large trees: an average of 16 bytes per tag is generous to real pages. */
  void tags(long total) {
    require("markupBytes / 16", limits.markupBytes() / 16, total, "tags");
  }

  void expandedBytes(long total) {
    require("expandedBytes", limits.expandedBytes(), total, "bytes when expanded");
  }

  void expansion(long ratio) {
    require("expansion", limits.expansion(), ratio, "times its compressed size");
  }

  void nesting(int depth) {
    require("nesting", limits.nesting(), depth, "levels of elements");
  }

  /** Counts text that came out for good. */
  void spend(long length) {
    characters += length;
    requireRoom(0);
  }

  /** Checks text that is gathered but not written yet. */
  void requireRoom(long gathered) {
    require("textCharacters", limits.textCharacters(), characters + gathered, "characters of text");
  }

  /** Counts one more document or part inside of the file. */
  void entry() {
    entries(++entries);
  }

  void entries(long total) {
    require("entries", limits.entries(), total, "entries");
  }

  private void require(String name, long limit, long found, String unit) {
    checkpoint();
    if (found > limit) {
      throw fail(
          content("too large: more than " + limit + " " + unit + " (the limit " + name + ")"));
    }
  }

  /** A problem that lies in the document. */
  static IndexingException content(String reason) {
    return new IndexingException(Stage.PARSE, Kind.CONTENT, reason);
  }

  /** A problem that lies in the document, with what was caught. */
  static IndexingException content(String reason, Throwable cause) {
    return new IndexingException(Stage.PARSE, Kind.CONTENT, reason, cause);
  }
}
