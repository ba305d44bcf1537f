package dev.ragindex.tck;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.vector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Filter;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.SearchRequest.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The filters of rule V5: the reference is {@link Filter#test}. */
abstract class FilterRules extends SearchRules {

  private static final int ALL = 1_000;

  @TestFactory
  Stream<DynamicTest> V5_each_filter_matches_as_its_test_does() {
    StoreModel model = documentsOfAllSorts(new Random(7));
    return RandomFilters.simple()
        .map(
            filter ->
                DynamicTest.dynamicTest(
                    RandomFilters.label(filter), () -> assertFound(model, filter, null)));
  }

  @Test
  void V5_combined_filters_match_as_their_test_does() {
    long seed = seed();
    Random random = new Random(seed);
    StoreModel model = documentsOfAllSorts(random);
    for (int i = 0; i < 150; i++) {
      String source = random.nextInt(4) == 0 ? "mail" : null;
      Filter filter = RandomFilters.any(random, 3);
      assertFound(model, filter, source);
      assertNothingElseFound(model, filter, source);
    }
  }

  @Test
  void V5_a_selective_filter_still_fills_the_page() {
    List<Mutation> batch = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      batch.add(put(id("d" + i), Metadata.EMPTY.with("n", i), "text " + i));
    }
    commit(batch.toArray(Mutation[]::new));
    for (long n = 0; n < 400; n += 57) {
      assertThat(search(SearchRequest.of("q").top(5).where(Filter.eq("n", n)))).hasSize(1);
      assertThat(search(SearchRequest.of("q").top(5).where(Filter.lt("n", n))))
          .hasSize((int) Math.min(5, n));
      assertThat(search(SearchRequest.of("q").top(500).where(Filter.ge("n", n))))
          .hasSize((int) (400 - n));
    }
    assertThat(search(SearchRequest.of("q").in("mail"))).isEmpty();
  }

  private StoreModel documentsOfAllSorts(Random random) {
    List<Mutation> batch = new ArrayList<>();
    batch.add(put(id("none"), Metadata.EMPTY, "word none"));
    int i = 0;
    for (Metadata metadata : RandomFilters.documents(random)) {
      DocumentId id = new DocumentId(i % 3 == 0 ? "mail" : "docs", "d" + i);
      batch.add(put(id, metadata, "word " + i++));
    }
    commit(batch.toArray(Mutation[]::new));
    StoreModel model = new StoreModel();
    model.apply(batch);
    return model;
  }

  private void assertFound(StoreModel model, Filter filter, @Nullable String source) {
    SearchRequest request = new SearchRequest("word", Mode.VECTOR, ALL, filter, source);
    assertThat(documents(search(request)))
        .as(() -> RandomFilters.label(filter))
        .containsExactlyInAnyOrderElementsOf(expected(model, filter, source));
  }

  private void assertNothingElseFound(StoreModel model, Filter filter, @Nullable String source) {
    SearchRequest request = new SearchRequest("word", Mode.VECTOR, ALL, filter, source);
    for (Mode mode : store().capabilities().modes()) {
      assertThat(documents(search(request.mode(mode))))
          .as(() -> mode + " " + RandomFilters.label(filter))
          .isSubsetOf(expected(model, filter, source));
    }
  }

  private static List<DocumentId> expected(
      StoreModel model, Filter filter, @Nullable String source) {
    return documents(model.nearest(vector("word"), filter, source));
  }

  private static List<DocumentId> documents(List<SearchHit> hits) {
    return hits.stream().map(SearchHit::document).toList();
  }
}
