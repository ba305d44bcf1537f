package dev.ragindex.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A service that a stage relies on did not do what it was asked: why, and when asking again makes
 * sense. Nothing of the call is used. Messages hold no document text, no key and no word of the
 * service's own.
 */
public final class ServiceException extends IndexingException {

  private static final long serialVersionUID = 1L;

  /** Why it failed. */
  private final Reason reason;

  /** How long the service asks to be left alone, or null. */
  private final @Nullable Duration retryAfter;

  /** Why a call failed, which decides what to do next. */
  public enum Reason {
    /** Asked too often or for too much at once (HTTP 429): the same call succeeds after a wait. */
    THROTTLED,
    /** Not reached, too slow, or failing (HTTP 408, 5xx): the same call may succeed later. */
    UNAVAILABLE,
    /**
     * Answered with something else than was asked for: no JSON, too few vectors, NaN. The same call
     * may succeed later; if it never does, one of its texts may be why.
     */
    UNUSABLE,
    /**
     * Refused for what was sent (HTTP 400, 413, 422): the same call never succeeds, one with less
     * or other content may. Whoever sent several texts can find the culprit by halving.
     */
    REJECTED,
    /**
     * Refused whatever is sent (HTTP 401, 402, 403, 404; a quota used up; vectors of another
     * dimension): no call succeeds until somebody changes key, name, address, or settings.
     */
    MISCONFIGURED
  }

  /**
   * Describes a failed call.
   *
   * @param stage the step that made it
   * @param reason why it failed; {@link Reason#REJECTED} is of kind {@link Kind#CONTENT}, all
   *     others of kind {@link Kind#INFRASTRUCTURE}
   * @param retryAfter how long the service asks to be left alone, or null if it does not say
   * @param message what was wanted, what was found, what to do; no document text, no secrets
   * @param cause what was caught, or null
   * @throws IllegalArgumentException if the duration is negative
   */
  public ServiceException(
      Stage stage,
      Reason reason,
      @Nullable Duration retryAfter,
      String message,
      @Nullable Throwable cause) {
    super(stage, reason == Reason.REJECTED ? Kind.CONTENT : Kind.INFRASTRUCTURE, message, cause);
    if (retryAfter != null && retryAfter.isNegative()) {
      throw new IllegalArgumentException("retry after " + retryAfter + " is in the past");
    }
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /**
   * Why the call failed.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * How long the service asks to be left alone before the next call, counted from its answer.
   *
   * @return zero or more, or null if it does not say
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /**
   * Says whether the same call can succeed with nothing changed.
   *
   * @return false for what was rejected or misconfigured
   */
  @Override
  public boolean canRepeat() {
    return switch (reason) {
      case THROTTLED, UNAVAILABLE, UNUSABLE -> true;
      case REJECTED, MISCONFIGURED -> false;
    };
  }
}
