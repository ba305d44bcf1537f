package dev.ragindex.bridge.langchain4j;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.time.Duration;

/**
 * An HTTP client whose embedding responses are in the order of the request. OpenAI's API numbers
 * its vectors by {@code index}; LangChain4j reads them as they come.
 *
 * @param client sends the requests
 */
record OrderedHttpClient(HttpClient client) implements HttpClient {

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    SuccessfulHttpResponse response = client.execute(request);
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers())
        .body(IndexedAnswer.inOrder(response.body()))
        .build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    client.execute(request, parser, listener);
  }

  /**
   * Builds such clients.
   *
   * @param builder builds the client that sends
   */
  record Builder(HttpClientBuilder builder) implements HttpClientBuilder {

    @Override
    public Duration connectTimeout() {
      return builder.connectTimeout();
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      builder.connectTimeout(timeout);
      return this;
    }

    @Override
    public Duration readTimeout() {
      return builder.readTimeout();
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      builder.readTimeout(timeout);
      return this;
    }

    @Override
    public HttpClient build() {
      return new OrderedHttpClient(builder.build());
    }
  }
}
