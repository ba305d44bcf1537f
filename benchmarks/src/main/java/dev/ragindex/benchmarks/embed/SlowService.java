package dev.ragindex.benchmarks.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service on loopback that speaks OpenAI's embeddings API, answers after a set time, and turns
 * away a share of the calls at random. Notes when calls came and how often each text was embedded.
 */
final class SlowService implements AutoCloseable {

  static {
    // Else head and body of an answer wait for each other's confirmation, 40 ms a call.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  static final int DIMENSION = 64;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 20_26;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration answer;
  private final double turnedAway;
  private final Random random = new Random(SEED);
  private final Map<String, Integer> embedded = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> arrivals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refused = new AtomicInteger();

  private SlowService(HttpServer http, Duration answer, double turnedAway) {
    this.http = http;
    this.answer = answer;
    this.turnedAway = turnedAway;
  }

  /**
   * Starts it.
   *
   * @param answer how long each answer takes
   * @param turnedAway share of calls answered by 429
   */
  static SlowService start(Duration answer, double turnedAway) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SlowService service = new SlowService(http, answer, turnedAway);
    http.setExecutor(service.threads);
    http.createContext("/", service::handle);
    http.start();
    return service;
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/v1");
  }

  /** How many calls came. */
  int calls() {
    return arrivals.size();
  }

  /** How many calls were turned away. */
  int refused() {
    return refused.get();
  }

  /** How many texts were embedded, each counted once. */
  int texts() {
    return embedded.size();
  }

  /** How many texts were embedded more than once. */
  long twice() {
    return embedded.values().stream().filter(times -> times > 1).count();
  }

  /** Most calls that came within any span of this length. */
  int mostCallsWithin(Duration span) {
    long[] times = arrivals.stream().mapToLong(Long::longValue).sorted().toArray();
    int most = 0;
    int first = 0;
    for (int last = 0; last < times.length; last++) {
      while (times[last] - times[first] >= span.toNanos()) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private void handle(HttpExchange exchange) throws IOException {
    arrivals.add(System.nanoTime());
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      Thread.sleep(answer);
      if (isTurnedAway()) {
        refused.incrementAndGet();
        send(exchange, 429, Map.of("error", Map.of("message", "slow down")));
      } else {
        send(exchange, 200, vectors(request.get("input")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: the connection is cut
    }
  }

  private synchronized boolean isTurnedAway() {
    return random.nextDouble() < turnedAway;
  }

  private ObjectNode vectors(JsonNode inputs) {
    ObjectNode answer = JSON.createObjectNode().put("object", "list").put("model", "slow");
    ArrayNode data = answer.putArray("data");
    for (int i = 0; i < inputs.size(); i++) {
      String text = inputs.get(i).asText();
      embedded.merge(text, 1, Integer::sum);
      ArrayNode vector =
          data.addObject().put("object", "embedding").put("index", i).putArray("embedding");
      for (int j = 0; j < DIMENSION; j++) {
        vector.add(text.hashCode() * (j + 1) % 1_009 / 1_009f + 0.001f);
      }
    }
    answer.putObject("usage").put("prompt_tokens", 1).put("total_tokens", 1);
    return answer;
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
