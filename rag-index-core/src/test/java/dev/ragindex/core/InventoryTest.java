package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Stage;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a run holds of each document. */
class InventoryTest {

  private static final Fingerprint PIPELINE = fingerprint("pipeline");
  private final MapSource source = new MapSource();

  private static Fingerprint fingerprint(String of) {
    return Fingerprint.builder("test").add(of).build();
  }

  /** A snapshot that makes up its states when asked, so that it holds none. */
  private static Snapshot snapshot(int documents, IntFunction<DocumentState> states) {
    Map<DocumentId, Integer> numbers = new HashMap<>();
    if (documents <= 1_000) {
      IntStream.range(0, documents).forEach(i -> numbers.put(states.apply(i).id(), i));
    }
    return (Snapshot)
        Proxy.newProxyInstance(
            Snapshot.class.getClassLoader(),
            new Class<?>[] {Snapshot.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "states" -> IntStream.range(0, documents).mapToObj(states);
                  case "state" -> states.apply(numbers.get(arguments[0]));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static DocumentState indexed(
      String key, @Nullable String version, String bytes, Metadata metadata) {
    Indexed indexed =
        new Indexed(
            version,
            fingerprint(bytes),
            fingerprint(bytes),
            metadata.fingerprint(),
            PIPELINE,
            bytes.length(),
            1);
    return new DocumentState(id(key), indexed, null, metadata, 0, false);
  }

  private static DocumentId id(String key) {
    return new DocumentId("notes", key);
  }

  private static Inventory of(DocumentState... states) {
    return Inventory.of(snapshot(states.length, i -> states[i]), "notes");
  }

  private Inventory.Sighting see(Inventory inventory, String key) {
    return inventory.see(source.document(key), PIPELINE);
  }

  @Test
  void document_indexed_just_so_is_quiet_and_any_difference_is_not() {
    source.put("a", "text", Metadata.EMPTY.with("owner", "Ada"));
    String version = source.document("a").version();
    DocumentState same = indexed("a", version, "text", Metadata.EMPTY.with("owner", "Ada"));
    Problem problem =
        new Problem(
            Stage.PARSE, Problem.Kind.CONTENT, "no", null, null, PIPELINE, 1, Instant.EPOCH);
    List<DocumentState> others =
        List.of(
            indexed("a", "other", "text", Metadata.EMPTY.with("owner", "Ada")),
            indexed("a", null, "text", Metadata.EMPTY.with("owner", "Ada")),
            indexed("a", version, "text", Metadata.EMPTY.with("owner", "Bob")),
            same.withProblem(problem),
            new DocumentState(id("a"), null, null, Metadata.EMPTY, 3, true));

    assertThat(see(of(same), "a")).isEqualTo(new Inventory.Sighting(true, null));
    assertThat(of(same).see(source.document("a"), fingerprint("other pipeline")).quiet()).isFalse();
    assertThat(others)
        .allSatisfy(
            other ->
                assertThat(see(of(other), "a")).isEqualTo(new Inventory.Sighting(false, other)));
    assertThat(see(of(indexed("b", version, "text", Metadata.EMPTY)), "a"))
        .isEqualTo(new Inventory.Sighting(false, null));
  }

  @Test
  void document_without_a_version_is_never_quiet() {
    source.put("a", "text");
    source.unversioned = true;
    DocumentState state = indexed("a", null, "text", source.document("a").metadata());

    assertThat(see(of(state), "a")).isEqualTo(new Inventory.Sighting(false, state));
  }

  @Test
  void tombstones_are_neither_counted_nor_missing_nor_moved_from() {
    DocumentState tombstone = new DocumentState(id("t"), null, null, Metadata.EMPTY, 3, true);
    Inventory inventory = of(tombstone, indexed("a", "v", "text", Metadata.EMPTY));

    assertThat(inventory.documents()).isEqualTo(1);
    assertThat(inventory.chunks()).isEqualTo(1);
    assertThat(inventory.missing(key -> true).rest())
        .extracting(Absent::id)
        .containsExactly(id("a"));
  }

  @Test
  void bytes_are_awaited_until_all_documents_that_have_them_were_seen() {
    source.put("a", "1").put("b", "2");
    Inventory inventory =
        of(indexed("a", "v", "twins", Metadata.EMPTY), indexed("b", "v", "twins", Metadata.EMPTY));

    see(inventory, "a");
    see(inventory, "a");
    boolean after = inventory.awaits(fingerprint("twins"));
    see(inventory, "b");

    assertThat(after).isTrue();
    assertThat(inventory.awaits(fingerprint("twins"))).isFalse();
    assertThat(inventory.awaits(fingerprint("never met"))).isFalse();
  }

  @Test
  void missing_are_those_of_covered_parts_and_are_taken_in_the_order_of_their_keys() {
    Inventory inventory =
        of(
            indexed("c", "v", "same", Metadata.EMPTY),
            indexed("a", "v", "same", Metadata.EMPTY),
            indexed("hidden/b", "v", "same", Metadata.EMPTY));

    Missing missing = inventory.missing(key -> !key.startsWith("hidden"));

    assertThat(Stream.generate(() -> missing.takeLike(fingerprint("same"))).limit(3))
        .extracting(absent -> absent == null ? null : absent.id().key())
        .containsExactly("a", "c", null);
    assertThat(missing.rest()).isEmpty();
  }

  @Test
  void agrees_with_a_map_whatever_is_listed() {
    long seed = Long.getLong("ragindex.seed", System.nanoTime());
    System.out.println("InventoryTest seed " + seed + " (set it by -Dragindex.seed)");
    Random random = new Random(seed);
    Map<String, DocumentState> map = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      String key = "k" + random.nextInt(2_000);
      map.put(key, indexed(key, "v", "bytes" + random.nextInt(50), Metadata.EMPTY));
    }
    Inventory inventory = of(map.values().toArray(DocumentState[]::new));
    IntStream.range(0, 2_000)
        .filter(i -> random.nextBoolean())
        .mapToObj(i -> "k" + i)
        .forEach(
            key -> {
              source.put(key, "text");
              assertThat(see(inventory, key).state()).isEqualTo(map.remove(key));
            });

    assertThat(inventory.missing(key -> true).rest())
        .containsExactlyInAnyOrderElementsOf(map.values().stream().map(Absent::of).toList());
    for (int i = 0; i < 50; i++) {
      Fingerprint bytes = fingerprint("bytes" + i);
      assertThat(inventory.awaits(bytes))
          .isEqualTo(map.values().stream().anyMatch(s -> s.indexed().bytes().equals(bytes)));
    }
  }

  @Test
  void holds_less_than_256_bytes_a_document() {
    int documents = 200_000;
    Snapshot snapshot =
        snapshot(documents, i -> indexed("some/folder/k" + i, "v" + i, "b" + i, Metadata.EMPTY));
    long before = used();

    Inventory inventory = Inventory.of(snapshot, "notes");

    long bytes = (used() - before) / documents;
    System.out.println("bytes a document: " + bytes);
    assertThat(inventory.documents()).isEqualTo(documents);
    assertThat(bytes).isBetween(40L, 256L);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
