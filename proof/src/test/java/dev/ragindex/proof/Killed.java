package dev.ragindex.proof;

/** The process is dead: nothing that it still tries has any effect. */
final class Killed extends Error {

  private static final long serialVersionUID = 1L;

  Killed(int operation) {
    super("killed at operation " + operation, null, false, false);
  }
}
