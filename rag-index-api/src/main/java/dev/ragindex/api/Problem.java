package dev.ragindex.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a document is not indexed as it stands. Its old indexed version, if there is one, stays.
 *
 * @param stage the step that failed
 * @param kind what sort of problem, which decides when it is tried again
 * @param reason for a person to read; never document text
 * @param version the source's version of the failing content, or null if it had none to trust
 * @param bytes fingerprint of the failing content, or null if it could never be read
 * @param signature fingerprint of the stages up to the one that failed, with the resource limits
 *     that matter to it
 * @param attempts how many runs have failed like this, from 1
 * @param since when it first failed, to the millisecond
 */
public record Problem(
    Stage stage,
    Kind kind,
    String reason,
    @Nullable String version,
    @Nullable Fingerprint bytes,
    Fingerprint signature,
    int attempts,
    Instant since) {

  /** What sort of problem. */
  public enum Kind {
    /** The content cannot be indexed; tried again when bytes or signature change, or on request. */
    CONTENT,
    /** The content could not be read; tried again in every run. */
    READ,
    /** A stage took too long; tried again in the next runs, as content after three. */
    TIMEOUT,
    /** Nearly all of the text vanished; the old version stays until the new one is accepted. */
    SUSPECT
  }

  /** Cuts the time to milliseconds. */
  public Problem {
    since = Instant.ofEpochMilli(since.toEpochMilli());
  }
}
