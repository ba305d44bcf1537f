package dev.ragindex.api;

import org.jspecify.annotations.Nullable;

/**
 * A search.
 *
 * @param text the query, not blank
 * @param mode how to search
 * @param top most hits to return, 1 to 1,000
 * @param filter condition on the documents' metadata
 * @param source the one source to search, or null for all
 */
public record SearchRequest(
    String text, Mode mode, int top, Filter filter, @Nullable String source) {

  private static final int MAX_TOP = 1_000;

  /** How to search. */
  public enum Mode {
    /** Nearest vectors; scores are cosines, -1 to 1. */
    VECTOR,
    /** Words, by BM25; scores are positive, without upper end. */
    KEYWORD,
    /** Both, fused by reciprocal rank with constant 60; scores are at most 2/61. */
    HYBRID
  }

  /**
   * Checks text and top.
   *
   * @throws IllegalArgumentException if the text is blank or top is out of range
   */
  public SearchRequest {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a search needs a text");
    }
    if (top < 1 || top > MAX_TOP) {
      throw new IllegalArgumentException("top is 1 to " + MAX_TOP + ", not " + top);
    }
  }

  /**
   * A vector search for the ten best over all documents.
   *
   * @param text the query
   * @return the request
   */
  public static SearchRequest of(String text) {
    return new SearchRequest(text, Mode.VECTOR, 10, Filter.ALL, null);
  }

  /**
   * Sets how many hits to return.
   *
   * @param newTop 1 to 1,000
   * @return a new request
   */
  public SearchRequest top(int newTop) {
    return new SearchRequest(text, mode, newTop, filter, source);
  }

  /**
   * Sets the mode.
   *
   * @param newMode how to search
   * @return a new request
   */
  public SearchRequest mode(Mode newMode) {
    return new SearchRequest(text, newMode, top, filter, source);
  }

  /**
   * Adds a condition to those already there.
   *
   * @param condition on the documents' metadata
   * @return a new request
   */
  public SearchRequest where(Filter condition) {
    Filter both = filter.equals(Filter.ALL) ? condition : Filter.and(filter, condition);
    return new SearchRequest(text, mode, top, both, source);
  }

  /**
   * Searches one source only.
   *
   * @param name the source's name
   * @return a new request
   */
  public SearchRequest in(String name) {
    return new SearchRequest(text, mode, top, filter, name);
  }
}
