package dev.ragindex.core;

/** Why deletions are withheld until a person has looked at them. */
public enum Withheld {
  /** They are more than 10 and more than 10 % of the source's documents. */
  MANY("more than 10 documents and more than 10 % of the source"),
  /** The source lists nothing at all. */
  EMPTY_LISTING("the source lists nothing at all"),
  /** They are more than were allowed. */
  CEILING("more than were allowed");

  private final String label;

  Withheld(String label) {
    this.label = label;
  }

  /**
   * The words used in reports.
   *
   * @return a few words
   */
  public String label() {
    return label;
  }
}
