package dev.ragindex.app;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.core.SyncReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Plans as JSON. The records are the format: a renamed component is another version of it, as the
 * test with a plan of version 1 will tell. Changes are written once, as steps, and put back into
 * the forecast on reading.
 */
final class PlanJson {

  private static final Set<String> MAY_BE_NULL =
      Set.of("withheld", "maxEmbeddedTokens", "bytes", "before", "from");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Fingerprint.class, ToStringSerializer.instance)
                  .addSerializer(Duration.class, ToStringSerializer.instance)
                  .addDeserializer(Fingerprint.class, text(Fingerprint::parse))
                  .addDeserializer(Duration.class, text(Duration::parse)))
          .addMixIn(SyncReport.class, WithoutChanges.class)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private PlanJson() {}

  @JsonIgnoreProperties(value = "changes", allowSetters = true)
  private interface WithoutChanges {}

  /** JSON in UTF-8. */
  static byte[] bytes(Object value) throws JsonProcessingException {
    return MAPPER.writeValueAsBytes(value);
  }

  /** Any JSON. */
  static JsonNode tree(byte[] json) throws IOException {
    return MAPPER.readTree(json);
  }

  /**
   * A value whose every part is there.
   *
   * @throws JsonProcessingException if a part is missing or is not what it should be
   */
  static <T> T read(JsonNode tree, Class<T> type) throws JsonProcessingException {
    requireNoNulls("", tree);
    if (tree.at("/plan/forecast") instanceof ObjectNode forecast) {
      ArrayNode changes = forecast.putArray("changes");
      tree.at("/plan/steps").forEach(step -> changes.add(step.path("change")));
    }
    return MAPPER.treeToValue(tree, type);
  }

  private static void requireNoNulls(String name, JsonNode node) throws JsonMappingException {
    if (node.isNull() && !MAY_BE_NULL.contains(name)) {
      throw new JsonMappingException(null, "'" + name + "' is null");
    }
    for (JsonNode item : node.isArray() ? node : MAPPER.createArrayNode()) {
      requireNoNulls("", item);
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      requireNoNulls(field.getKey(), field.getValue());
    }
  }

  private static <T> JsonDeserializer<T> text(Function<String, T> parse) {
    return new JsonDeserializer<>() {
      @Override
      public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
        try {
          return parse.apply(json.getText());
        } catch (RuntimeException e) {
          throw JsonMappingException.from(json, "not understood: " + json.getText(), e);
        }
      }
    };
  }
}
