package dev.ragindex.tck;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What {@link EmbeddingsServer} answers.
 *
 * @param status HTTP status
 * @param headers HTTP headers
 * @param body what is sent
 * @param delay how long nothing is sent at all
 * @param stall how long the connection then stays open
 * @param cut whether more is announced than sent
 */
public record EmbeddingsReply(
    int status,
    Map<String, String> headers,
    String body,
    Duration delay,
    Duration stall,
    boolean cut) {

  /**
   * Any answer with a body.
   *
   * @param status HTTP status
   * @param type media type
   * @param body what is sent
   * @return a reply
   */
  public static EmbeddingsReply of(int status, String type, String body) {
    return new EmbeddingsReply(
        status, Map.of("Content-Type", type), body, Duration.ZERO, Duration.ZERO, false);
  }

  /**
   * A list of vectors.
   *
   * @param vectors in the order of the inputs
   * @return a reply
   */
  public static EmbeddingsReply vectors(List<float[]> vectors) {
    return items(
        IntStream.range(0, vectors.size())
            .mapToObj(i -> item(i, numbers(vectors.get(i))))
            .toList());
  }

  /**
   * A list of data elements, right or wrong.
   *
   * @param items each as JSON, see {@link #item}
   * @return a reply
   */
  public static EmbeddingsReply items(List<String> items) {
    return of(
        200,
        "application/json",
        """
        {"object":"list","model":"from-the-server","data":[%s],
         "usage":{"prompt_tokens":1,"total_tokens":1}}\
        """
            .formatted(String.join(",\n ", items)));
  }

  /**
   * A refusal in the form of OpenAI's.
   *
   * @param status HTTP status
   * @param message for people
   * @return a reply
   */
  public static EmbeddingsReply error(int status, String message) {
    return error(status, message, "null");
  }

  /**
   * A refusal in the form of OpenAI's.
   *
   * @param status HTTP status
   * @param message for people
   * @param code for programs, such as {@code insufficient_quota}
   * @return a reply
   */
  public static EmbeddingsReply error(int status, String message, String code) {
    return of(
        status,
        "application/json",
        "{\"error\":{\"message\":\"%s\",\"code\":\"%s\"}}".formatted(message, code));
  }

  /**
   * One data element, with its own idea of where white space and unknown fields go.
   *
   * @param index place of the input it answers
   * @param embedding JSON, see {@link #numbers}
   * @return JSON
   */
  public static String item(int index, String embedding) {
    return "{\"object\" : \"embedding\", \"extra\": {\"index\": 7, \"data\": [{}]},"
        + " \"embedding\": %s , \"index\":%d}".formatted(embedding, index);
  }

  /**
   * A vector as a JSON array.
   *
   * @param vector any floats, NaN included, which is no JSON
   * @return its text
   */
  public static String numbers(float[] vector) {
    return IntStream.range(0, vector.length)
        .mapToObj(i -> Float.toString(vector[i]))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /**
   * A vector as little-endian floats in Base64, which the API offers too.
   *
   * @param vector any floats
   * @return a JSON string
   */
  public static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : vector) {
      bytes.putFloat(value);
    }
    return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
  }

  /**
   * Adds a header.
   *
   * @param header its name
   * @param value its value
   * @return a new reply
   */
  public EmbeddingsReply with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new EmbeddingsReply(status, more, body, delay, stall, cut);
  }

  /**
   * Sends it late.
   *
   * @param delay from the arrival of the request
   * @return a new reply
   */
  public EmbeddingsReply after(Duration delay) {
    return new EmbeddingsReply(status, headers, body, delay, stall, cut);
  }

  /**
   * Announces one byte more than it sends, keeps silent, and cuts the connection.
   *
   * @param stall how long it keeps silent
   * @return a new reply
   */
  public EmbeddingsReply cutAfter(Duration stall) {
    return new EmbeddingsReply(status, headers, body, delay, stall, true);
  }
}
