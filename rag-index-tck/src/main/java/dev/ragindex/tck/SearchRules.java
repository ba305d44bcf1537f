package dev.ragindex.tck;

import static dev.ragindex.tck.StoreData.cosine;
import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.key;
import static dev.ragindex.tck.StoreData.layout;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.state;
import static dev.ragindex.tck.StoreData.vector;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Filter;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.SearchRequest.Mode;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules V1 to V10, all but the filters of V5. */
abstract class SearchRules extends WriterRules {

  private static final double ROUNDING = 1e-5;

  @Test
  void V1_a_store_never_written_is_empty_and_stays_so_when_read() {
    for (VectorStore store : List.of(store(), openAgain())) {
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.revision()).isZero();
        assertThat(snapshot.settings()).isEqualTo(Settings.EMPTY);
        assertThat(snapshot.counts()).isEqualTo(new Snapshot.Counts(0, 0));
        assertThat(snapshot.sources()).isEmpty();
        assertThat(snapshot.states("docs")).isEmpty();
        assertThat(snapshot.state(id("a"))).isNull();
        assertThat(snapshot.layout(id("a"))).isEmpty();
        assertThat(snapshot.chunks(id("a"))).isEmpty();
        assertThat(snapshot.known(Set.of(key("one")))).isEmpty();
        assertThat(snapshot.vectors(Set.of(key("one")))).isEmpty();
      }
      for (Mode mode : store.capabilities().modes()) {
        assertThat(search(SearchRequest.of("one").mode(mode))).isEmpty();
      }
      assertThat(store.check()).isEmpty();
      assertThat(store.info().format()).isZero();
      assertThat(store.info().bytes()).isZero();
    }
  }

  @Test
  void V1_a_writer_that_commits_nothing_leaves_the_store_empty() {
    store().writer().close();
    assertThat(revision()).isZero();
    assertThat(search(SearchRequest.of("one"))).isEmpty();
  }

  @Test
  void V2_readers_see_whole_commits_only() throws Exception {
    commit(generation(0));
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService readers = Executors.newFixedThreadPool(2);
        StoreWriter writer = store().writer()) {
      Future<Integer> snapshots = readers.submit(until(done, this::generationsInSnapshot));
      Future<Integer> searches = readers.submit(until(done, this::generationsInSearch));
      try {
        for (int i = 1; i <= 30; i++) {
          writer.commit(List.of(generation(i)));
        }
      } finally {
        done.set(true);
      }
      assertThat(snapshots.get()).isPositive();
      assertThat(searches.get()).isPositive();
    }
  }

  private static Mutation[] generation(int number) {
    Metadata metadata = Metadata.EMPTY.with("generation", number);
    return new Mutation[] {
      put(id("a"), metadata, "a " + number, "a stays"), put(id("b"), metadata, "b " + number)
    };
  }

  private static Callable<Integer> until(AtomicBoolean done, Callable<Set<String>> look) {
    return () -> {
      int looks = 0;
      do {
        assertThat(look.call()).hasSize(1);
        looks++;
      } while (!done.get());
      return looks;
    };
  }

  private Set<String> generationsInSnapshot() {
    Set<String> seen = new HashSet<>();
    try (Snapshot snapshot = store().snapshot()) {
      snapshot.states("docs").forEach(state -> seen.add(number(state.metadata())));
      seen.add(snapshot.chunks(id("a")).getFirst().text().substring(2));
      seen.add(snapshot.chunks(id("b")).getFirst().text().substring(2));
      assertThat(snapshot.counts()).isEqualTo(new Snapshot.Counts(2, 3));
    }
    return seen;
  }

  private Set<String> generationsInSearch() {
    Set<String> seen = new HashSet<>();
    List<SearchHit> hits = search(SearchRequest.of("a").top(100));
    assertThat(hits).hasSize(3);
    for (SearchHit hit : hits) {
      seen.add(number(hit.metadata()));
      if (!hit.text().equals("a stays")) {
        seen.add(hit.text().substring(2));
      }
    }
    return seen;
  }

  private static String number(Metadata metadata) {
    MetadataValue value = metadata.get("generation");
    return value instanceof MetadataValue.Whole whole ? Long.toString(whole.value()) : "none";
  }

  @Test
  void V3_a_store_opened_again_is_as_the_last_commit_left_it() {
    List<Mutation> batch =
        List.of(
            new Mutation.Configure(Settings.EMPTY.withDimension(8).withIndex(Map.of("k", "v"))),
            put(id("a"), Metadata.EMPTY.with("n", 1L), "one", "two"),
            put(id("b"), "three"));
    long revision = commit(batch.toArray(Mutation[]::new));
    StoreModel model = new StoreModel();
    model.apply(batch);
    if (store().capabilities().persistent()) {
      store().close();
    }
    try (Snapshot snapshot = openAgain().snapshot()) {
      model.assertHeldBy(snapshot);
      assertThat(snapshot.revision()).isEqualTo(revision);
    }
  }

  @Test
  void V4_vector_search_gives_the_nearest_by_cosine_best_first() {
    List<Mutation> batch = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      batch.add(put(id("d" + i), "a" + i, "b" + i, "c" + i, "e" + i, "f" + i));
    }
    commit(batch.toArray(Mutation[]::new));
    StoreModel model = new StoreModel();
    model.apply(batch);
    for (int top : new int[] {1, 10, 200, 1_000}) {
      float[] query = vector("query " + top);
      List<SearchHit> expected = model.nearest(query, Filter.ALL, null);
      List<SearchHit> hits = store().search(SearchRequest.of("q").top(top), query);
      assertNearest(hits, expected, top);
    }
  }

  /** Compares by scores, since equal scores have no order. */
  static void assertNearest(List<SearchHit> hits, List<SearchHit> expected, int top) {
    assertThat(hits).hasSize(Math.min(top, expected.size()));
    Map<UUID, SearchHit> byChunk = new HashMap<>();
    expected.forEach(hit -> byChunk.put(hit.chunk(), hit));
    for (int i = 0; i < hits.size(); i++) {
      SearchHit hit = hits.get(i);
      assertThat(hit.score()).isCloseTo(expected.get(i).score(), within(ROUNDING));
      assertThat(byChunk).containsKey(hit.chunk());
      SearchHit same = requireNonNull(byChunk.get(hit.chunk()));
      assertThat(hit.score()).isCloseTo(same.score(), within(ROUNDING));
      assertThat(hit).usingRecursiveComparison().ignoringFields("score").isEqualTo(same);
    }
    assertThat(hits).isSortedAccordingTo(Comparator.comparing(SearchHit::score).reversed());
    assertThat(hits).extracting(SearchHit::chunk).doesNotHaveDuplicates();
  }

  @Test
  void V6_keyword_search_finds_the_words_best_first() {
    if (!offers(Mode.KEYWORD)) {
      return;
    }
    commit(
        put(
            id("a"),
            "A leave of absence is granted on request.",
            "Annual leave: twenty-five days a year, more days on request.",
            "The canteen opens at noon.",
            "Days are long in summer."));
    assertThat(texts("LEAVE days", 10))
        .startsWith("Annual leave: twenty-five days a year, more days on request.")
        .hasSize(3)
        .doesNotContain("The canteen opens at noon.");
    assertThat(texts("leave days", 1)).hasSize(1);
    assertThat(texts("canteen", 10)).containsExactly("The canteen opens at noon.");
    assertThat(texts("bicycle", 10)).isEmpty();
    assertThat(texts("AND (canteen OR [~\" +-:*?", 10)).contains("The canteen opens at noon.");
    assertThat(texts("?!", 10)).isEmpty();
    List<SearchHit> hits = search(SearchRequest.of("leave days").mode(Mode.KEYWORD));
    assertThat(hits).isSortedAccordingTo(Comparator.comparing(SearchHit::score).reversed());
    assertThat(hits).allMatch(hit -> hit.score() > 0);
  }

  private List<String> texts(String query, int top) {
    SearchRequest request = SearchRequest.of(query).mode(Mode.KEYWORD).top(top);
    return store().search(request, null).stream().map(SearchHit::text).toList();
  }

  @Test
  void V6_hybrid_search_fuses_both_lists_by_reciprocal_rank() {
    if (!offers(Mode.HYBRID)) {
      return;
    }
    List<Mutation> batch = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String text = (i % 3 == 0 ? "red " : "blue ").repeat(i % 4) + "fish " + i;
      batch.add(put(id("d" + i), text));
    }
    commit(batch.toArray(Mutation[]::new));
    SearchRequest request = SearchRequest.of("red 7 fish").top(40);
    Map<UUID, Double> fused = new HashMap<>();
    for (Mode mode : List.of(Mode.VECTOR, Mode.KEYWORD)) {
      List<SearchHit> list = search(request.mode(mode));
      for (int rank = 1; rank <= list.size(); rank++) {
        fused.merge(list.get(rank - 1).chunk(), 1.0 / (60 + rank), Double::sum);
      }
    }
    List<SearchHit> hits = search(request.mode(Mode.HYBRID));
    assertThat(hits).hasSize(40);
    assertThat(hits).isSortedAccordingTo(Comparator.comparing(SearchHit::score).reversed());
    // Ranks of equal scores may differ from list to list, so the keyword list, full of ties, is
    // only bounded: no chunk is better than first or worse than absent.
    for (SearchHit hit : hits) {
      assertThat(hit.score()).isLessThanOrEqualTo(2.0 / 61 + ROUNDING);
    }
    assertThat(hits.stream().mapToDouble(SearchHit::score).sum())
        .isCloseTo(fused.values().stream().mapToDouble(score -> score).sum(), within(1e-4));
    SearchHit seven = search(request.mode(Mode.KEYWORD)).getFirst();
    assertThat(hits.stream().filter(hit -> hit.chunk().equals(seven.chunk())).findFirst())
        .hasValueSatisfying(
            hit -> assertThat(hit.score()).isCloseTo(fused.get(seven.chunk()), within(1e-6)));
  }

  private boolean offers(Mode mode) {
    boolean offered = store().capabilities().modes().contains(mode);
    if (!offered) {
      SearchRequest request = SearchRequest.of("one").mode(mode);
      assertThatThrownBy(() -> search(request)).isInstanceOf(IllegalArgumentException.class);
    }
    return offered;
  }

  @ParameterizedTest
  @EnumSource
  void V7_a_hit_carries_what_the_last_commit_says(Mode mode) {
    if (!offers(mode)) {
      return;
    }
    DocumentId id = id("a");
    Metadata first = Metadata.EMPTY.with("title", "first").with("ordinal", "overlaid");
    Mutation.Put put = put(id, first, "some text", "other text");
    commit(put);
    assertCarried(mode, put.layout().get(0), first, "some text");
    Metadata second = Metadata.EMPTY.with("title", "second");
    commit(new Mutation.Note(state(id, 2, second)));
    assertCarried(mode, put.layout().get(0), second, "some text");
    List<StoredChunk> turned = put.chunks().reversed();
    commit(new Mutation.Put(state(id, 2, second), layout(turned), List.of()));
    assertCarried(mode, layout(turned).get(1), second, "some text");
  }

  private void assertCarried(Mode mode, Placement place, Metadata document, String text) {
    SearchHit hit = search(SearchRequest.of(text).mode(mode).top(1)).getFirst();
    SearchHit expected =
        new SearchHit(
            hit.score(),
            id("a"),
            place.chunk(),
            place.start(),
            place.end(),
            place.page(),
            place.headings(),
            document.with(place.metadata()),
            text);
    assertThat(hit).isEqualTo(expected);
  }

  @Test
  void V8_a_query_vector_has_the_dimension_of_the_store() {
    commit(put(id("a"), "one"));
    for (Mode mode : List.of(Mode.VECTOR, Mode.HYBRID)) {
      SearchRequest request = SearchRequest.of("one").mode(mode);
      for (float[] query : new ArrayList<>(List.of(vector("one", 7), vector("one", 16)))) {
        assertThatThrownBy(() -> store().search(request, query))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> store().search(request, null))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(cosine(vector("one"), vector("one"))).isCloseTo(1, within(ROUNDING));
  }

  @Test
  void V9_a_sound_store_has_no_findings() {
    commit(put(id("a"), "one", "two"), put(id("b"), "three"), put(id("c"), "four"));
    commit(put(id("a"), "two", "five"), new Mutation.Remove(id("b")));
    commit(new Mutation.Note(state(id("c"), 1)));
    assertThat(store().check()).isEmpty();
    try (StoreWriter writer = store().writer()) {
      writer.commit(List.of(put(id("d"), "six")));
      assertThat(store().check()).isEmpty();
    }
  }

  @Test
  void V10_compacting_changes_nothing_that_can_be_read() {
    store().compact();
    assertThat(revision()).isZero();
    StoreModel model = new StoreModel();
    List<List<Mutation>> history =
        List.of(
            List.of(put(id("a"), "one", "two"), put(id("b"), "three")),
            List.of(put(id("a"), "two", "four"), new Mutation.Remove(id("b"))),
            List.of(new Mutation.Configure(Settings.EMPTY.withDimension(8))));
    for (List<Mutation> batch : history) {
      commit(batch.toArray(Mutation[]::new));
      model.apply(batch);
    }
    long before = revision();

    try (Snapshot open = store().snapshot()) {
      store().compact();
      store().compact();
      model.assertHeldBy(open);
    }

    assertThat(revision()).isEqualTo(before);
    assertThat(store().check()).isEmpty();
    for (VectorStore store : List.of(store(), openAgain())) {
      try (Snapshot snapshot = store.snapshot()) {
        model.assertHeldBy(snapshot);
      }
    }
    assertThat(commit(put(id("c"), "five"))).isGreaterThan(before);
  }

  @Test
  void V10_compacting_waits_for_nobody() {
    commit(put(id("a"), "one"));
    VectorStore other = openAgain();
    try (StoreWriter writer = store().writer()) {
      assertThatThrownBy(store()::compact).isInstanceOf(StoreBusyException.class);
      assertThatThrownBy(other::compact).isInstanceOf(StoreBusyException.class);
      writer.commit(List.of(put(id("b"), "two")));
    }
    other.compact();
    assertThat(counts()).isEqualTo(new Snapshot.Counts(2, 2));
  }
}
