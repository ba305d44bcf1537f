package dev.ragindex.tck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link EmbeddingsServer} was asked.
 *
 * @param number from 1, in order of arrival
 * @param path of the URL
 * @param authorization the header of that name, or null
 * @param model the model's name
 * @param dimensions how long the vectors should be, or null
 * @param inputs the texts
 */
public record EmbeddingsRequest(
    int number,
    String path,
    @Nullable String authorization,
    String model,
    @Nullable Integer dimensions,
    List<String> inputs) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static EmbeddingsRequest read(int number, HttpExchange exchange) throws IOException {
    JsonNode sent = JSON.readTree(exchange.getRequestBody());
    List<String> inputs = new ArrayList<>();
    JsonNode input = sent.path("input");
    if (input.isTextual()) {
      inputs.add(input.asText());
    } else {
      input.forEach(text -> inputs.add(text.asText()));
    }
    return new EmbeddingsRequest(
        number,
        exchange.getRequestURI().getPath(),
        exchange.getRequestHeaders().getFirst("Authorization"),
        sent.path("model").asText(),
        sent.has("dimensions") ? (Integer) sent.get("dimensions").asInt() : null,
        inputs);
  }
}
