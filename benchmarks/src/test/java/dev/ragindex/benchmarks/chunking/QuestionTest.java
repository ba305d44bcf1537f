package dev.ragindex.benchmarks.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuestionTest {

  private static final Map<String, String> CORPORA = Map.of("tea", "He said \"tea\", twice.");

  @Test
  void quotes_commas_and_line_breaks_belong_to_their_field() throws IOException {
    String csv =
        """
        question,references,corpus_id
        "What, did ""he""
        say?","[{""content"": ""\\""tea\\""\"", ""start_index"": 8, ""end_index"": 13}, \
        {""content"": ""twice"", ""start_index"": 15, ""end_index"": 20}]",tea
        """;

    List<Question> questions = Question.read(new StringReader(csv), CORPORA);

    assertThat(questions)
        .containsExactly(
            new Question(
                "What, did \"he\"\nsay?", "tea", List.of(new Span(8, 13), new Span(15, 20))));
  }

  @Test
  void passage_at_another_place_is_refused() {
    String csv =
        """
        question,references,corpus_id
        Often?,"[{""content"": ""twice"", ""start_index"": 14, ""end_index"": 19}]",tea
        """;

    assertThatThrownBy(() -> Question.read(new StringReader(csv), CORPORA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tea has another text at 14..19 than 'twice'");
  }
}
