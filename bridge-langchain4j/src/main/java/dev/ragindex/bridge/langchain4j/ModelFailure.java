package dev.ragindex.bridge.langchain4j;

import com.fasterxml.jackson.core.JacksonException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.ServiceException;
import dev.ragindex.api.ServiceException.Reason;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What a model threw, without the thrower's words. Services echo the texts they were sent, and now
 * and then the key, in error messages; so no message is passed on, only classes, the HTTP status
 * and the places in the code.
 */
final class ModelFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Longer chains are cut, and so are circular ones. */
  private static final int MAX_CAUSES = 8;

  private ModelFailure(Throwable thrown, @Nullable ModelFailure cause) {
    super(thrown.getClass().getName(), cause);
    setStackTrace(thrown.getStackTrace());
  }

  /**
   * Describes a failed call.
   *
   * @param model the model's name
   * @param thrown what it threw
   * @return what to throw instead
   */
  static IndexingException of(String model, RuntimeException thrown) {
    IndexingException ours = find(IndexingException.class, thrown);
    if (ours != null) {
      return ours;
    }
    HttpException http = find(HttpException.class, thrown);
    Reason reason = http == null ? reason(thrown) : reason(http);
    String message =
        "%s failed with %s%s: %s"
            .formatted(
                model,
                thrown.getClass().getSimpleName(),
                http == null ? "" : ", HTTP status " + http.statusCode(),
                advice(reason));
    return new ServiceException(
        Stage.EMBED,
        reason,
        http instanceof RefusedException refused ? refused.retryAfter() : null,
        message,
        withoutWords(thrown, 0));
  }

  private static Reason reason(HttpException http) {
    return switch (http.statusCode()) {
      case 400, 413, 422 -> Reason.REJECTED;
      case 408, 409, 425 -> Reason.UNAVAILABLE;
      case 429 ->
          http instanceof RefusedException refused && refused.quotaUsedUp()
              ? Reason.MISCONFIGURED
              : Reason.THROTTLED;
      default -> http.statusCode() >= 500 ? Reason.UNAVAILABLE : Reason.MISCONFIGURED;
    };
  }

  private static Reason reason(RuntimeException thrown) {
    return switch (thrown) {
      case RateLimitException e -> Reason.THROTTLED;
      case RetriableException e -> Reason.UNAVAILABLE;
      case InvalidRequestException e -> Reason.REJECTED;
      case AuthenticationException e -> Reason.MISCONFIGURED;
      case ModelNotFoundException e -> Reason.MISCONFIGURED;
      case UnsupportedFeatureException e -> Reason.MISCONFIGURED;
      default -> isConnection(thrown) ? Reason.UNAVAILABLE : Reason.UNUSABLE;
    };
  }

  /** Jackson's exceptions are IO exceptions too, but of an answer that came. */
  private static boolean isConnection(RuntimeException thrown) {
    return find(JacksonException.class, thrown) == null
        && (find(IOException.class, thrown) != null
            || find(UncheckedIOException.class, thrown) != null);
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case THROTTLED -> "the same call may succeed later, calls come too often";
      case UNAVAILABLE, UNUSABLE -> "the same call may succeed later";
      case REJECTED -> "the same call is likely to fail again, one of its texts may be why";
      case MISCONFIGURED -> "check the key and its quota, the model's name and the base URL";
    };
  }

  private static @Nullable ModelFailure withoutWords(@Nullable Throwable thrown, int depth) {
    return thrown == null || depth == MAX_CAUSES
        ? null
        : new ModelFailure(thrown, withoutWords(thrown.getCause(), depth + 1));
  }

  private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }
}
