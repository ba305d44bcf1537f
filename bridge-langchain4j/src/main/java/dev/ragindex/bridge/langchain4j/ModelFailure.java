package dev.ragindex.bridge.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RetriableException;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Stage;
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
    String message =
        "%s failed with %s%s: %s"
            .formatted(
                model,
                thrown.getClass().getSimpleName(),
                http == null ? "" : ", HTTP status " + http.statusCode(),
                advice(thrown));
    return new IndexingException(
        Stage.EMBED, IndexingException.Kind.INFRASTRUCTURE, message, withoutWords(thrown, 0));
  }

  private static String advice(RuntimeException thrown) {
    return switch (thrown) {
      case RetriableException e -> "the same call may succeed later";
      case AuthenticationException e -> "check the key and what it may be used for";
      case ModelNotFoundException e -> "check the model's name and the base URL";
      default -> "the same call is likely to fail again";
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
