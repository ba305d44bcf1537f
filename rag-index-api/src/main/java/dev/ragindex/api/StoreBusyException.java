package dev.ragindex.api;

/** Another writer holds the store. The message says who, as far as that is known. */
public class StoreBusyException extends IndexingException {

  private static final long serialVersionUID = 1L;

  /**
   * Describes who holds the store.
   *
   * @param message which store, and its holder: process, host, since when
   */
  public StoreBusyException(String message) {
    super(Stage.STORE, Kind.INFRASTRUCTURE, message);
  }
}
