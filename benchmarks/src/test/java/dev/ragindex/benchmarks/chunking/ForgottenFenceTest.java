package dev.ragindex.benchmarks.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.core.chunk.Packing;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.parsers.TikaParser;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A code fence that is opened at the top and never closed costs its section, not the document. */
class ForgottenFenceTest {

  private static final DocumentParser PARSER = TikaParser.create();
  private static final String CODE = "\n```java\nint words;\n```\n";

  @ParameterizedTest
  @ValueSource(strings = {"", CODE})
  void forgotten_fence_at_the_top_embeds_no_more_than_its_section(String code) {
    String markdown = "# Top\n\nFirst words.\n" + sections(code);
    Document document = PARSER.parse(new MarkdownFile("a.md", markdown));
    Document edited = new Insert(document, markdown.indexOf("First"), "```\n").apply(PARSER);
    Model model = Model.of("hashing", HashingEmbedder.create());
    Variant variant = Variant.of("recursive", Packing.STABLE, model, 190);
    SentText sent = new SentText(true);

    Set<String> before = sent.of(variant, document);
    Set<String> embedded = new HashSet<>(sent.of(variant, edited));
    embedded.removeAll(before);

    assertThat(before).hasSizeGreaterThan(20);
    assertThat(embedded).hasSizeBetween(1, 2);
  }

  private static String sections(String code) {
    StringBuilder sections = new StringBuilder();
    for (int seed = 0; seed < 10; seed++) {
      sections.append("\n## Section ").append(seed).append("\n\n").append(Texts.markdown(seed));
      sections.append(code);
    }
    return sections.toString();
  }
}
