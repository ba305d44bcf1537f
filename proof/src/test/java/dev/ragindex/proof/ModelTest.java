package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncOptions;
import dev.ragindex.core.SyncReport;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
import dev.ragindex.store.lucene.LuceneStore;
import dev.ragindex.tck.AssertingVectorStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories held against a plain map from key to what the index should hold: files come,
 * change, move and go, cannot be read, fall damaged, whole folders are renamed or hidden; syncs,
 * syncs of keys, puts and deletions by sequence in between, early and late.
 *
 * <p>The seed is printed; {@code -Dragindex.seed=...} repeats a history, in the long form the first
 * of fifty with seeds in sequence.
 */
class ModelTest {

  private static final String DAMAGE = ParagraphParser.DAMAGE;
  private static final int FOLDERS = 4;
  private static final int FILES = 12;

  private final Random random = new Random();
  private final MortalEmbedder embedder = new MortalEmbedder(Lifetime.unlimited());
  private final Map<String, Held> model = new TreeMap<>();
  private final Map<String, Tombstone> tombstones = new HashMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private World world = World.EMPTY;
  private AssertingVectorStore store;
  private RagIndex index;
  private int texts;

  @TempDir Path folder;

  /** What the index should hold of a document. */
  private record Held(String text, Metadata metadata) {}

  /** What was deleted by sequence; the text is null if the index never had the document. */
  private record Tombstone(String text) {}

  @ParameterizedTest
  @MethodSource("seeds")
  void random_histories_in_memory_agree_with_a_plain_map(long seed) throws IOException {
    play(InMemoryStore.create(), seed, 2_000);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void random_histories_on_lucene_agree_with_a_plain_map(long seed) throws IOException {
    play(LuceneStore.at(folder), seed, Soak.size(150, 1_000));
  }

  /** One history, in the long form fifty. */
  static LongStream seeds() {
    long first = Soak.seed();
    return LongStream.range(first, first + Soak.size(1, 50));
  }

  private void play(VectorStore played, long seed, int steps) throws IOException {
    random.setSeed(seed);
    store = AssertingVectorStore.of(played);
    index =
        RagIndex.builder()
            .store(store)
            .parser(new ParagraphParser())
            .embedder(embedder)
            .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(24)))
            .build();
    for (int step = 0; step < steps; step++) {
      try {
        step();
      } catch (RuntimeException | Error e) {
        throw new AssertionError("step " + step + " of seed " + seed, e);
      }
    }
    index.close();
  }

  private void step() throws IOException {
    switch (random.nextInt(11)) {
      case 0, 1 -> syncAll();
      case 2 -> syncKeys();
      case 3 -> put();
      case 4 -> delete();
      case 5 -> plan();
      default -> changeWorld();
    }
  }

  private void changeWorld() {
    String key = anyKey();
    boolean exists = world.documents().containsKey(key);
    switch (random.nextInt(exists ? 10 : 2)) {
      case 0 -> world = world.put(key, newText());
      case 1 -> world = world.cover(random.nextInt(3) > 0 ? Set.of() : Set.of(anyFolder()));
      case 2 -> world = world.edit(key, this::edited);
      case 3 -> world = world.move(key, freeKey());
      case 4 -> world = world.remove(key);
      case 5 -> world = world.touch(key);
      case 6 -> world = world.readable(key, random.nextBoolean());
      case 7 -> world = world.metadata(key, Metadata.EMPTY.with("n", random.nextInt(5)));
      case 8 -> world = world.copy(key, freeKey());
      default -> renameFolder();
    }
  }

  private void renameFolder() {
    String from = anyFolder();
    String to = anyFolder();
    for (String key : List.copyOf(world.documents().keySet())) {
      String name = to + key.substring(from.length());
      if (key.startsWith(from) && !world.documents().containsKey(name)) {
        world = world.move(key, name);
      }
    }
  }

  private void syncAll() {
    Set<String> before = strings();
    SyncReport report = index.sync(world, SyncOptions.DEFAULT.allowDeletes(Integer.MAX_VALUE));
    assertThat(report.withheld()).isZero();
    Set<String> known = new TreeSet<>(model.keySet());
    known.addAll(world.documents().keySet());
    known.stream().filter(this::isCovered).forEach(this::expectListed);
    check(before);
    if (random.nextInt(4) == 0) {
      assertQuiet();
    }
  }

  private void plan() {
    store.reading(() -> index.plan(world));
  }

  private void assertQuiet() {
    long revision = revision();
    int embedded = embedder.texts();
    index.sync(world, SyncOptions.DEFAULT.allowDeletes(0));
    assertThat(embedder.texts()).isEqualTo(embedded);
    assertThat(revision()).as("a sync with nothing to do commits nothing").isEqualTo(revision);
  }

  private void syncKeys() {
    Set<String> keys = Set.copyOf(List.of(anyKey(), anyKey(), anyKey()));
    Set<String> before = strings();
    index.sync(world, keys, SyncOptions.DEFAULT.allowDeletes(Integer.MAX_VALUE));
    keys.stream().filter(this::isCovered).forEach(this::expectListed);
    check(before);
  }

  private void put() throws IOException {
    String key = anyKey();
    World.Entry entry = world.documents().get(key);
    if (entry == null || !isCovered(key)) {
      return;
    }
    Set<String> before = strings();
    long sequence = anySequence(key);
    boolean applies = applies(key, sequence);
    index.put(world.find(key), sequence);
    if (applies) {
      if (isGood(entry)) {
        sequences.put(key, sequence);
        tombstones.remove(key);
        model.put(key, held(key));
      } else {
        world = world.readable(key, true).edit(key, text -> text.replace(DAMAGE, ""));
        index.put(world.find(key), sequence + 1);
        sequences.put(key, sequence + 1);
        tombstones.remove(key);
        model.put(key, held(key));
      }
    }
    check(before);
  }

  private void delete() {
    String key = anyKey();
    Set<String> before = strings();
    long sequence = anySequence(key);
    boolean applies = applies(key, sequence);
    index.delete(new DocumentId(World.NAME, key), sequence);
    if (applies) {
      sequences.put(key, sequence);
      Held old = model.remove(key);
      Tombstone stands = tombstones.get(key);
      String text = old != null ? old.text() : stands == null ? null : stands.text();
      tombstones.put(key, new Tombstone(text));
      world = world.remove(key);
    }
    check(before);
  }

  /** One below the last to two above it: late, repeated, next. */
  private long anySequence(String key) {
    return Math.max(1, sequences.getOrDefault(key, 0L) - 1 + random.nextInt(4));
  }

  /**
   * A late change does nothing; one that is repeated is tried again if the document has a problem.
   */
  private boolean applies(String key, long sequence) {
    long last = sequences.getOrDefault(key, 0L);
    try (var snapshot = store.snapshot()) {
      DocumentState state = snapshot.state(new DocumentId(World.NAME, key));
      boolean again = state != null && state.problem() != null;
      return sequence > last || again && sequence == last;
    }
  }

  /** What a listing makes of a document. */
  private void expectListed(String key) {
    World.Entry entry = world.documents().get(key);
    if (entry == null) {
      model.remove(key);
    } else if (isGood(entry) && !isBuried(key, entry.text())) {
      tombstones.remove(key);
      model.put(key, held(key));
    }
  }

  /** A listing brings back what was deleted by sequence only if its bytes are others. */
  private boolean isBuried(String key, String text) {
    Tombstone tombstone = tombstones.get(key);
    return tombstone != null && Objects.equals(tombstone.text(), text);
  }

  private Held held(String key) {
    World.Entry entry = world.documents().get(key);
    Metadata metadata = Metadata.EMPTY.with("type", "text/plain").with(entry.metadata());
    return new Held(entry.text(), metadata);
  }

  private static boolean isGood(World.Entry entry) {
    return entry.readable() && !entry.text().startsWith(DAMAGE);
  }

  private boolean isCovered(String key) {
    return world.uncovered().stream().noneMatch(key::startsWith);
  }

  private void check(Set<String> before) {
    IndexDump dump = IndexDump.of(store);
    Map<String, Held> held = new TreeMap<>();
    dump.documents()
        .forEach(
            (id, entry) -> {
              if (entry.state().indexed() != null && !entry.state().deleted()) {
                held.put(id.key(), new Held(text(entry), entry.state().metadata()));
              }
            });
    assertThat(held.keySet()).isEqualTo(model.keySet());
    held.forEach((key, one) -> assertThat(one).as(key).isEqualTo(model.get(key)));
    Set<String> paid = embedder.taken();
    assertThat(paid)
        .as("texts embedded though their vectors were there")
        .doesNotContainAnyElementsOf(before);
    if (random.nextInt(20) == 0) {
      assertThat(index.verify().findings()).isEmpty();
    }
  }

  private static String text(IndexDump.Entry entry) {
    return entry.chunks().stream().map(StoredChunk::text).collect(Collectors.joining());
  }

  /** Every string that has a vector in the index. */
  private Set<String> strings() {
    Set<String> strings = new TreeSet<>();
    strings.add(""); // so that the set is never empty
    for (IndexDump.Entry entry : IndexDump.of(store).documents().values()) {
      entry
          .chunks()
          .forEach(
              one ->
                  strings.add(StoredChunk.embeddedText(one.context(), one.overlap(), one.text())));
    }
    return strings;
  }

  private long revision() {
    try (var snapshot = store.snapshot()) {
      return snapshot.revision();
    }
  }

  private String anyFolder() {
    return "folder%d/".formatted(random.nextInt(FOLDERS));
  }

  private String anyKey() {
    return anyFolder() + "file%d.txt".formatted(random.nextInt(FILES));
  }

  private String freeKey() {
    String key = anyKey();
    while (world.documents().containsKey(key)) {
      key = anyFolder() + "file%d.txt".formatted(random.nextInt(10 * FILES));
    }
    return key;
  }

  private String newText() {
    return paragraphs(3 + random.nextInt(3));
  }

  private String paragraphs(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int number = random.nextInt(3) == 0 ? random.nextInt(10) : 10 + texts++;
      text.append("Paragraph number %d stands here.\n\n".formatted(number));
    }
    return text.toString();
  }

  private String edited(String text) {
    List<String> parts = new ArrayList<>(List.of(text.split("(?<=\n\n)")));
    int at = random.nextInt(parts.size());
    switch (random.nextInt(4)) {
      case 0 -> parts.add(at, paragraphs(1));
      case 1 -> parts.set(at, paragraphs(1));
      case 2 -> parts.set(0, text.startsWith(DAMAGE) ? paragraphs(1) : DAMAGE + parts.get(0));
      default -> parts.addAll(parts.subList(at, at + 1));
    }
    return parts.size() > 20 ? newText() : String.join("", parts);
  }
}
