package dev.ragindex.bridge.langchain4j;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service's refusal with what LangChain4j's own exception lacks. */
final class RefusedException extends HttpException {

  private static final long serialVersionUID = 1L;

  /** OpenAI's code for an account without money, sent with the status of too many requests. */
  private static final String QUOTA_USED_UP = "insufficient_quota";

  /** How long the service asks to be left alone. */
  private final @Nullable Duration retryAfter;

  /** Whether it takes somebody to pay before anything succeeds. */
  private final boolean quotaUsedUp;

  RefusedException(int status, @Nullable Duration retryAfter, String body) {
    super(status, "refused"); // not the body: it may echo texts
    this.retryAfter = retryAfter;
    this.quotaUsedUp = body.contains(QUOTA_USED_UP);
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  boolean quotaUsedUp() {
    return quotaUsedUp;
  }
}
