package dev.ragindex.app;

/** The user asked for something that is not done, and is told the way out. Nothing was written. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String hint;

  Refusal(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** What to do instead. */
  String hint() {
    return hint;
  }
}
