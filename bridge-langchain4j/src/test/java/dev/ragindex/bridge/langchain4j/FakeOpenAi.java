package dev.ragindex.bridge.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An HTTP server on loopback that speaks OpenAI's embeddings API and misbehaves on request. */
final class FakeOpenAi implements AutoCloseable {

  static final int DIMENSION = 1_536;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;

  /** What was received, in order. */
  final List<Request> requests = new CopyOnWriteArrayList<>();

  private volatile Function<Request, Reply> behaviour = request -> Reply.ok(items(request.inputs));

  record Request(String path, String authorization, String model, List<String> inputs) {}

  record Reply(int status, String type, String body) {
    static Reply ok(List<String> items) {
      return new Reply(
          200,
          "application/json",
          """
          {"object":"list","model":"from-the-server","data":[%s],
           "usage":{"prompt_tokens":1,"total_tokens":1}}\
          """
              .formatted(String.join(",\n ", items)));
    }

    static Reply error(int status, String message) {
      return new Reply(
          status,
          "application/json",
          "{\"error\":{\"message\":\"" + message + "\",\"code\":null}}");
    }
  }

  FakeOpenAi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  void behave(Function<Request, Reply> behaviour) {
    this.behaviour = behaviour;
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode sent = JSON.readTree(exchange.getRequestBody());
      List<String> inputs = new ArrayList<>();
      sent.get("input").forEach(input -> inputs.add(input.asText()));
      Request request =
          new Request(
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              sent.get("model").asText(),
              inputs);
      requests.add(request);
      Reply reply = behaviour.apply(request);
      byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", reply.type);
      exchange.sendResponseHeaders(reply.status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** The data elements a well-behaved service answers with. */
  static List<String> items(List<String> inputs) {
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> item(i, numbers(vector(inputs.get(i)))))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** One data element with its own idea of where whitespace and unknown fields go. */
  static String item(int index, String embedding) {
    return "{\"object\" : \"embedding\", \"extra\": {\"index\": 7, \"data\": [{}]},"
        + " \"embedding\": %s , \"index\":%d}".formatted(embedding, index);
  }

  static String numbers(float[] vector) {
    return IntStream.range(0, vector.length)
        .mapToObj(i -> Float.toString(vector[i]))
        .collect(Collectors.joining(",", "[", "]"));
  }

  static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : vector) {
      bytes.putFloat(value);
    }
    return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
  }

  /** The vector this service's model has for a text; not of length 1. */
  static float[] vector(String text) {
    Random random = new Random(text.hashCode());
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
