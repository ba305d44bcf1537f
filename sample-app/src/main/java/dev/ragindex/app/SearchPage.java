package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import java.io.IOException;
import java.util.List;

/** What a search found. */
record SearchPage(SearchRequest request, List<SearchHit> hits) implements Report {

  private static final int SHOWN_CHARACTERS = 320;
  private static final int LINE = 88;

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("hits");
    for (SearchHit hit : hits) {
      write(json, hit);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, SearchHit hit) throws IOException {
    json.writeStartObject();
    json.writeNumberField("score", hit.score());
    json.writeStringField("source", hit.document().source());
    json.writeStringField("document", hit.document().key());
    json.writeStringField("chunk", hit.chunk().toString());
    json.writeNumberField("start", hit.start());
    json.writeNumberField("end", hit.end());
    json.writeNumberField("page", hit.page());
    MetadataJson.texts(json, "headings", hit.headings());
    MetadataJson.write(json, hit.metadata());
    json.writeStringField("text", hit.text());
    json.writeEndObject();
  }

  @Override
  public void page(Page page) {
    if (hits.isEmpty()) {
      page.line("Nothing found.");
    }
    for (int i = 0; i < hits.size(); i++) {
      write(page, i + 1, hits.get(i));
    }
  }

  private static void write(Page page, int rank, SearchHit hit) {
    page.line(
        "%2d. %s%s   %.4f",
        rank, hit.document().key(), hit.page() == 0 ? "" : ", page " + hit.page(), hit.score());
    if (!hit.headings().isEmpty()) {
      page.line("    %s", String.join(" > ", hit.headings()));
    }
    excerpt(hit.text()).lines().forEach(line -> page.line("      %s", line));
    page.gap();
  }

  /** The beginning of a text, its white space folded, in lines that fit a terminal. */
  static String excerpt(String text) {
    String folded = text.strip().replaceAll("\\s+", " ");
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : folded.split(" ", -1)) {
      if (lines.length() + word.length() > SHOWN_CHARACTERS && !lines.isEmpty()) {
        return lines.append(" …").toString();
      }
      boolean wraps = column + word.length() > LINE;
      if (column > 0) {
        lines.append(wraps ? '\n' : ' ');
      }
      lines.append(word);
      column = wraps ? word.length() : column + word.length() + 1;
    }
    return lines.toString();
  }
}
