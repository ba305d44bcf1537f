package dev.ragindex.core;

import java.util.List;

/**
 * What a sync would do now. Listing and, where something looks new or changed, hashing went into
 * it; no document was parsed and nothing was written. Costs are therefore estimates.
 *
 * @param forecast the report as far as it can be foreseen
 */
public record Plan(SyncReport forecast) {

  /**
   * Each change that a sync would make.
   *
   * @return the changes, those withheld included
   */
  public List<Change> changes() {
    return forecast.changes();
  }
}
