package dev.ragindex.tck;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An HTTP server on loopback that speaks OpenAI's embeddings API, and misbehaves on request. It
 * answers as many requests at once as come; its behaviour may be changed at any time.
 *
 * <pre>{@code
 * try (EmbeddingsServer server = EmbeddingsServer.start(1_536)) {
 *   server.behave(
 *       request ->
 *           request.number() % 5 == 0
 *               ? EmbeddingsReply.error(429, "slow down").with("Retry-After", "1")
 *               : EmbeddingsReply.vectors(server.vectors(request)).after(Duration.ofMillis(100)));
 *   … // calls server.baseUrl()
 *   assertThat(server.requests()).hasSize(3);
 * }
 * }</pre>
 */
public final class EmbeddingsServer implements AutoCloseable {

  private final int dimension;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<EmbeddingsRequest> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private volatile Function<EmbeddingsRequest, EmbeddingsReply> behaviour =
      request -> EmbeddingsReply.vectors(vectors(request));

  private EmbeddingsServer(int dimension, HttpServer http) {
    this.dimension = dimension;
    this.http = http;
  }

  /**
   * Starts a server that behaves well.
   *
   * @param dimension length of its vectors, unless a request asks for shorter ones
   * @return the server
   * @throws IOException if no port is free
   */
  public static EmbeddingsServer start(int dimension) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    EmbeddingsServer server = new EmbeddingsServer(dimension, http);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /**
   * Where the API is.
   *
   * @return the base URL to give to a client
   */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/v1");
  }

  /**
   * Changes what it answers from now on.
   *
   * @param behaviour from a request to its reply; called on many threads
   */
  public void behave(Function<EmbeddingsRequest, EmbeddingsReply> behaviour) {
    this.behaviour = behaviour;
  }

  /**
   * What was received so far.
   *
   * @return the requests, in order of arrival
   */
  public List<EmbeddingsRequest> requests() {
    return List.copyOf(requests);
  }

  /**
   * How many requests were waiting for their answer at the busiest moment.
   *
   * @return a number of requests
   */
  public int mostInFlight() {
    return mostInFlight.get();
  }

  /**
   * The right answer to a request.
   *
   * @param request what was asked
   * @return one vector an input, as long as was asked for
   */
  public List<float[]> vectors(EmbeddingsRequest request) {
    Integer asked = request.dimensions();
    return request.inputs().stream()
        .map(t -> vector(t, asked == null ? dimension : asked))
        .toList();
  }

  /**
   * The vector of a text: random, but always the same; not of length 1. A shorter one is the
   * beginning of a longer one.
   *
   * @param text any text
   * @param dimension its length
   * @return a new array
   */
  public static float[] vector(String text, int dimension) {
    Random random = new Random(text.hashCode());
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  /** Stops at once; who still waits for an answer gets none. */
  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try (exchange) {
      EmbeddingsRequest request = EmbeddingsRequest.read(numbers.incrementAndGet(), exchange);
      requests.add(request);
      send(exchange, behaviour.apply(request));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: the connection is cut
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private static void send(HttpExchange exchange, EmbeddingsReply reply)
      throws IOException, InterruptedException {
    Thread.sleep(reply.delay());
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), body.length + (reply.cut() ? 1 : 0));
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
    Thread.sleep(reply.stall());
  }
}
