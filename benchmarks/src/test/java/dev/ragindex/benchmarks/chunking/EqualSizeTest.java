package dev.ragindex.benchmarks.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragindex.api.Document;
import dev.ragindex.core.chunk.Packing;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.parsers.TikaParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class EqualSizeTest {

  private final Model model = Model.of("hashing", HashingEmbedder.create());

  @Test
  void limit_of_one_packing_gives_chunks_as_large_as_the_other_packing() {
    List<Document> documents =
        List.of(TikaParser.create().parse(new MarkdownFile("a.md", Texts.markdown(1))));
    double wanted = recursive(Packing.STABLE, 100).meanTokens(documents);

    Variant equal = EqualSize.of(max -> recursive(Packing.GREEDY, max), 16, 100, documents, wanted);

    assertThat(equal.limits().maxTokens()).isLessThan(100);
    assertThat(equal.meanTokens(documents)).isEqualTo(wanted, within(0.1 * wanted));
  }

  private Variant recursive(Packing packing, int max) {
    return Variant.of("recursive", packing, model, max);
  }
}
