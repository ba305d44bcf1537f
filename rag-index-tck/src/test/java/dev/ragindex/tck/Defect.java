package dev.ragindex.tck;

/** What may be wrong with a store, and the rule that it breaks. */
enum Defect {
  NONE(""),
  STARTS_AT_ONE("V1"),
  SHOWS_HALF_A_BATCH("V2"),
  FORGETS_WHEN_OPENED_AGAIN("V3"),
  SCORES_ARE_NO_COSINES("V4"),
  ONE_HIT_TOO_FEW("V4"),
  IGNORES_THE_FILTER("V5"),
  IGNORES_THE_SOURCE("V5"),
  SERVES_MODES_IT_DOES_NOT_OFFER("V6"),
  HITS_WITHOUT_CHUNK_METADATA("V7"),
  TAKES_ANY_QUERY_VECTOR("V8"),
  CRIES_WOLF("V9"),
  SNAPSHOTS_MOVE_ON("S1"),
  A_NOTE_IS_NO_REVISION("S2"),
  STATES_OF_ALL_SOURCES("S3"),
  KNOWS_ONLY_ONE_SOURCE("S4"),
  CHUNKS_IN_WRONG_ORDER("S5"),
  ANY_NUMBER_OF_WRITERS("W1"),
  DROPS_THE_LAST_MUTATION("W2"),
  WRITES_BEFORE_IT_CHECKS("W3"),
  CHECKS_NOTHING("W3"),
  KEEPS_STALE_CHUNKS("W4"),
  CHECKS_NO_LAYOUT("W5"),
  NO_VECTOR_FROM_WHAT_IS_REMOVED("W6"),
  A_NOTE_TAKES_THE_CHUNKS("W7"),
  DROPS_REMOVALS("W8"),
  REMOVES_BY_KEY_ALONE("W8"),
  IGNORES_SETTINGS("W9"),
  AN_EMPTY_BATCH_IS_A_REVISION("W10"),
  SWALLOWS_INTERRUPTS("W11"),
  WRITES_AFTER_CLOSE("W12");

  private final String rule;

  Defect(String rule) {
    this.rule = rule;
  }

  /** The rule that it breaks, or the empty text. */
  String rule() {
    return rule;
  }
}
