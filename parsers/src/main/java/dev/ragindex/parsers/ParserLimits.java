package dev.ragindex.parsers;

import dev.ragindex.api.Signature;
import java.time.Duration;

/**
 * What parsing one document may use at most. A document that needs more becomes a problem that
 * names the limit; it is never indexed in part. Limits are no part of the parser's signature.
 *
 * @param inputBytes size of the document, default 100 MiB
 * @param markupBytes size of an HTML page, Markdown file or slide, which is held in memory as a
 *     tree of about ten times its size, default 16 MiB; a page may hold one tag per 16 bytes of it
 * @param textCharacters characters of text (UTF-16 units) that come out, default 10,000,000
 * @param nesting how deep elements of what Tika reads may be nested, default 1,000 (XML in it:
 *     never deeper than 100); deeper HTML and Markdown is flattened instead
 * @param entries documents, attachments and parts inside of one file, default 1,000
 * @param expandedBytes what the entries of a compressed file may expand to, default 512 MiB
 * @param expansion how many times its compressed size a compressed file may expand to beyond the
 *     first MiB, default 200
 * @param deadline time for one document, default 60 seconds
 */
public record ParserLimits(
    long inputBytes,
    long markupBytes,
    int textCharacters,
    int nesting,
    int entries,
    long expandedBytes,
    int expansion,
    Duration deadline) {

  /** The limits that hold if none are given. */
  public static final ParserLimits DEFAULT =
      new ParserLimits(
          100L << 20, 16L << 20, 10_000_000, 1_000, 1_000, 512L << 20, 200, Duration.ofSeconds(60));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public ParserLimits {
    requirePositive("inputBytes", inputBytes);
    requirePositive("markupBytes", markupBytes);
    requirePositive("textCharacters", textCharacters);
    requirePositive("nesting", nesting);
    requirePositive("entries", entries);
    requirePositive("expandedBytes", expandedBytes);
    requirePositive("expansion", expansion);
    requirePositive("deadline", deadline.toMillis());
  }

  /** The limits as problems remember them. */
  Signature signature() {
    return Signature.of("parser-limits", 1)
        .with("inputBytes", inputBytes)
        .with("markupBytes", markupBytes)
        .with("textCharacters", textCharacters)
        .with("nesting", nesting)
        .with("entries", entries)
        .with("expandedBytes", expandedBytes)
        .with("expansion", expansion)
        .with("deadlineMillis", deadline.toMillis());
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
  }

  /**
   * Changes the size a document may have.
   *
   * @param bytes the new limit
   * @return new limits
   */
  public ParserLimits withInputBytes(long bytes) {
    return new ParserLimits(
        bytes, markupBytes, textCharacters, nesting, entries, expandedBytes, expansion, deadline);
  }

  /**
   * Changes the size an HTML page or Markdown file may have.
   *
   * @param bytes the new limit
   * @return new limits
   */
  public ParserLimits withMarkupBytes(long bytes) {
    return new ParserLimits(
        inputBytes, bytes, textCharacters, nesting, entries, expandedBytes, expansion, deadline);
  }

  /**
   * Changes how much text may come out.
   *
   * @param characters the new limit in UTF-16 units
   * @return new limits
   */
  public ParserLimits withTextCharacters(int characters) {
    return new ParserLimits(
        inputBytes, markupBytes, characters, nesting, entries, expandedBytes, expansion, deadline);
  }

  /**
   * Changes how deep elements may be nested.
   *
   * @param depth the new limit
   * @return new limits
   */
  public ParserLimits withNesting(int depth) {
    return new ParserLimits(
        inputBytes,
        markupBytes,
        textCharacters,
        depth,
        entries,
        expandedBytes,
        expansion,
        deadline);
  }

  /**
   * Changes how many documents and parts one file may hold.
   *
   * @param count the new limit
   * @return new limits
   */
  public ParserLimits withEntries(int count) {
    return new ParserLimits(
        inputBytes,
        markupBytes,
        textCharacters,
        nesting,
        count,
        expandedBytes,
        expansion,
        deadline);
  }

  /**
   * Changes what a compressed file may expand to.
   *
   * @param bytes the new limit
   * @return new limits
   */
  public ParserLimits withExpandedBytes(long bytes) {
    return new ParserLimits(
        inputBytes, markupBytes, textCharacters, nesting, entries, bytes, expansion, deadline);
  }

  /**
   * Changes how many times its size a compressed file may expand to.
   *
   * @param ratio the new limit
   * @return new limits
   */
  public ParserLimits withExpansion(int ratio) {
    return new ParserLimits(
        inputBytes, markupBytes, textCharacters, nesting, entries, expandedBytes, ratio, deadline);
  }

  /**
   * Changes the time for one document.
   *
   * @param time the new limit
   * @return new limits
   */
  public ParserLimits withDeadline(Duration time) {
    return new ParserLimits(
        inputBytes, markupBytes, textCharacters, nesting, entries, expandedBytes, expansion, time);
  }
}
