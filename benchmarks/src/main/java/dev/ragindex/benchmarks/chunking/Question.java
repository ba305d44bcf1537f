package dev.ragindex.benchmarks.chunking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * A question with the passages that answer it.
 *
 * @param text the question
 * @param corpus name of the document that answers it
 * @param answers where in the document the answers stand, at least one
 */
record Question(String text, String corpus, List<Span> answers) {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  Question {
    answers = List.copyOf(answers);
    if (Span.total(answers) == 0) {
      throw new IllegalArgumentException("without answer: " + text);
    }
  }

  /**
   * Reads the columns {@code question}, {@code references} (JSON) and {@code corpus_id}.
   *
   * @param corpora text of each corpus by its name
   * @throws IllegalArgumentException if a passage is not what the corpus has at its place
   */
  static List<Question> read(Reader csv, Map<String, String> corpora) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Question> questions = new ArrayList<>();
    for (CSVRecord row : FORMAT.parse(csv)) {
      String corpus = row.get("corpus_id");
      List<Span> answers = new ArrayList<>();
      for (JsonNode reference : json.readTree(row.get("references"))) {
        answers.add(answer(reference, corpus, corpora.getOrDefault(corpus, "")));
      }
      questions.add(new Question(row.get("question"), corpus, answers));
    }
    return questions;
  }

  private static Span answer(JsonNode reference, String corpus, String text) {
    Span span =
        new Span(reference.get("start_index").intValue(), reference.get("end_index").intValue());
    String content = reference.get("content").textValue();
    if (!text.startsWith(content, span.start()) || content.length() != span.length()) {
      throw new IllegalArgumentException(
          "%s has another text at %d..%d than '%s'"
              .formatted(corpus, span.start(), span.end(), content));
    }
    return span;
  }
}
