package dev.ragindex.core;

import java.util.List;

/**
 * What verification found.
 *
 * @param documents documents looked at
 * @param chunks chunks looked at
 * @param findings what is not as it should be
 */
public record VerifyReport(long documents, long chunks, List<Finding> findings) {

  /** Copies the list. */
  public VerifyReport {
    findings = List.copyOf(findings);
  }

  /**
   * Says whether nothing was found.
   *
   * @return true if the index is sound
   */
  public boolean ok() {
    return findings.isEmpty();
  }

  /**
   * Something that is not as it should be.
   *
   * @param source the source, empty if the store as a whole is meant
   * @param document the document's key, empty if the store as a whole is meant
   * @param problem what is wrong
   */
  public record Finding(String source, String document, String problem) {}
}
