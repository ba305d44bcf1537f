package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import java.util.List;

/**
 * What verification found.
 *
 * @param documents documents looked at
 * @param chunks chunks looked at
 * @param findings what is not as it should be, after a repair too
 * @param repaired one entry for each document that was repaired, saying how
 */
public record VerifyReport(
    long documents, long chunks, List<Finding> findings, List<Finding> repaired) {

  /** Copies the lists. */
  public VerifyReport {
    findings = List.copyOf(findings);
    repaired = List.copyOf(repaired);
  }

  /**
   * Says whether nothing was found, or nothing is left of it after a repair.
   *
   * @return true if the index is sound
   */
  public boolean ok() {
    return findings.isEmpty();
  }

  /**
   * Something that is not as it should be, or was not.
   *
   * @param source the source, empty if the store as a whole is meant
   * @param document the document's key, empty if the store as a whole is meant
   * @param problem what is wrong, or how it was repaired
   */
  public record Finding(String source, String document, String problem) {

    static Finding of(DocumentId id, String problem) {
      return new Finding(id.source(), id.key(), problem);
    }

    static Finding ofStore(String problem) {
      return new Finding("", "", problem);
    }
  }
}
