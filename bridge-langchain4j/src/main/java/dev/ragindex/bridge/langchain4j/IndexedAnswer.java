package dev.ragindex.bridge.langchain4j;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ragindex.api.ServiceException;
import dev.ragindex.api.ServiceException.Reason;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An answer of OpenAI's embeddings API: {@code {"data":[{"index":0,"embedding":[…]},…],…}}. Only
 * the indexes are read, the vectors are moved as text.
 */
final class IndexedAnswer {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int NO_INDEX = -1;

  private IndexedAnswer() {}

  /**
   * One element of the data.
   *
   * @param index its place in the request, or {@link #NO_INDEX}
   * @param start offset of its first character
   * @param end offset after its last character
   */
  private record Item(int index, int start, int end) {}

  /**
   * Puts the data in the order of their indexes.
   *
   * @param body what the service answered
   * @return the same if it is in order, has no indexes or is no JSON; else a copy in order
   * @throws ServiceException if the indexes are not 0, 1, 2… once each
   */
  static String inOrder(String body) {
    List<Item> items;
    try (JsonParser json = JSON.createParser(body)) {
      items = items(json);
    } catch (IOException e) {
      return body; // not for us to complain: whoever reads the vectors will
    }
    if (items.stream().allMatch(item -> item.index() == NO_INDEX)) {
      return body;
    }
    List<Item> sorted = items.stream().sorted(Comparator.comparingInt(Item::index)).toList();
    requireEachOnce(sorted);
    return sorted.equals(items) ? body : rewritten(body, items, sorted);
  }

  private static List<Item> items(JsonParser json) throws IOException {
    List<Item> items = new ArrayList<>();
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean data = json.currentName().equals("data");
      if (json.nextToken() == JsonToken.START_ARRAY && data) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          items.add(item(json));
        }
      } else {
        json.skipChildren();
      }
    }
    return items;
  }

  private static Item item(JsonParser json) throws IOException {
    int start = offset(json);
    int index = NO_INDEX;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isIndex = json.currentName().equals("index");
      if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && isIndex) {
        index = json.getIntValue();
      } else {
        json.skipChildren();
      }
    }
    return new Item(index, start, offset(json) + 1);
  }

  private static int offset(JsonParser json) {
    return Math.toIntExact(json.currentTokenLocation().getCharOffset());
  }

  private static void requireEachOnce(List<Item> sorted) {
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).index() != i) {
        throw new ServiceException(
            Stage.EMBED,
            Reason.UNUSABLE,
            null,
            "the service numbered its %d vectors wrongly: index %d where %d was due"
                .formatted(sorted.size(), sorted.get(i).index(), i),
            null);
      }
    }
  }

  private static String rewritten(String body, List<Item> items, List<Item> sorted) {
    String data =
        sorted.stream()
            .map(item -> body.substring(item.start(), item.end()))
            .collect(Collectors.joining(","));
    return body.substring(0, items.get(0).start())
        + data
        + body.substring(items.get(items.size() - 1).end());
  }
}
