package dev.ragindex.bridge.langchain4j;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.ragindex.api.RateLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends LangChain4j's requests to an embeddings API. LangChain4j's own client drops the headers of
 * refusals, has no time-out on an answer's body before Java 25, and reads vectors as they come
 * where OpenAI numbers them by {@code index}; this one minds all three. Thread-safe.
 */
final class OpenAiHttpClient implements dev.langchain4j.http.client.HttpClient, AutoCloseable {

  private static final Duration CONNECTING = Duration.ofSeconds(15);

  private final HttpClient client;
  private final Duration timeout;
  private final Clock clock = Clock.systemUTC();
  private volatile RateLimits rateLimits = RateLimits.UNKNOWN;

  /**
   * Opens no connection yet.
   *
   * @param baseUrl where requests will go; on plain HTTP no upgrade to HTTP/2 is offered, which
   *     some model servers choke on
   * @param timeout from sending a request to having its whole answer
   */
  OpenAiHttpClient(URI baseUrl, Duration timeout) {
    boolean plain = "http".equalsIgnoreCase(baseUrl.getScheme());
    this.client =
        HttpClient.newBuilder()
            .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
            .connectTimeout(CONNECTING)
            .build();
    this.timeout = timeout;
  }

  /** What the last answer that spoke of rate limits said. */
  RateLimits rateLimits() {
    return rateLimits;
  }

  /**
   * Sends a request.
   *
   * @return its answer, the vectors in the order of the texts
   * @throws RefusedException if the status is not one of success
   * @throws TimeoutException if the answer is not there in time
   * @throws UncheckedIOException if there is no connection, or it breaks
   */
  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    HttpResponse<String> response = send(jdkRequest(request));
    RateHeaders headers = new RateHeaders(response.headers());
    rateLimits = headers.limits(rateLimits);
    if (response.statusCode() / 100 != 2) {
      throw new RefusedException(
          response.statusCode(), headers.retryAfter(clock.instant()), response.body());
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(IndexedAnswer.inOrder(response.body()))
        .build();
  }

  private HttpResponse<String> send(java.net.http.HttpRequest request) {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.ofString());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      answer.cancel(true);
      throw new TimeoutException(e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    } catch (ExecutionException e) {
      throw new UncheckedIOException(new IOException(e.getCause()));
    }
  }

  private java.net.http.HttpRequest jdkRequest(HttpRequest request) {
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .method(request.method().name(), BodyPublishers.ofString(request.body()));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    return builder.build();
  }

  /** Not needed for embeddings. */
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("embeddings do not come as events");
  }

  /** Waits for what is in flight, and lets the connections go. */
  @Override
  public void close() {
    client.close();
  }
}
