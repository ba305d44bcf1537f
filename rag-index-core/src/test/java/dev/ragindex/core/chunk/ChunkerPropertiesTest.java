package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.Document;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.embed.HashingEmbedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every chunker on every document. {@code -Dseed=N} repeats a failed run. */
class ChunkerPropertiesTest {

  private static final long SEED = Long.getLong("seed", 42);
  private static final List<Document> DOCUMENTS = generate();

  private static final List<Case> CASES = cases();

  /** Chunks of each case's documents: cut once, looked at by each test. */
  private static final Map<Case, List<List<Chunk>>> CHUNKS = new ConcurrentHashMap<>();

  record Case(String name, Chunker chunker, TokenCounter counter, ChunkLimits limits) {
    @Override
    public String toString() {
      return chunker.signature().toString();
    }
  }

  static Stream<Case> chunkers() {
    return CASES.stream();
  }

  private static List<Case> cases() {
    return Stream.of(WordCounter.ADDITIVE, WordCounter.SUPERADDITIVE)
        .flatMap(counter -> limits().flatMap(limits -> strategies(counter, limits)))
        .toList();
  }

  private static List<Chunk> chunks(Case tested, int document) {
    return CHUNKS
        .computeIfAbsent(tested, one -> DOCUMENTS.stream().map(one.chunker()::chunk).toList())
        .get(document);
  }

  private static Stream<ChunkLimits> limits() {
    return Stream.of(
        ChunkLimits.of(8),
        ChunkLimits.of(40),
        ChunkLimits.of(190).withPacking(Packing.GREEDY),
        ChunkLimits.of(60, 12),
        ChunkLimits.of(60, 25).withPacking(Packing.GREEDY),
        ChunkLimits.of(50).withMinTokens(50),
        ChunkLimits.of(50).withMinTokens(1));
  }

  private static Stream<Case> strategies(TokenCounter counter, ChunkLimits limits) {
    Stream<Chunker> named =
        Stream.of("fixed", "recursive", "sentence", "structure")
            .map(name -> Chunkers.named(name, counter, limits));
    Stream<Chunker> semantic =
        Stream.of(SemanticMethod.values())
            .map(method -> Chunkers.semantic(HashingEmbedder.create(), counter, limits, method));
    return Stream.concat(named, semantic)
        .map(chunker -> new Case(chunker.signature().name(), chunker, counter, limits));
  }

  private static List<Document> generate() {
    Random random = new Random(SEED);
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      documents.add(Texts.layOut(Texts.parts(random, 1 + random.nextInt(40))));
      documents.add(Texts.plain(Texts.noise(random, 1 + random.nextInt(2000))));
    }
    documents.add(Texts.plain("e\u0301".repeat(500)));
    documents.add(Texts.plain("e" + "\u0301".repeat(3000)));
    documents.add(Texts.plain("\uD83C\uDDE9\uD83C\uDDEA".repeat(700)));
    documents.add(Texts.plain("x" + " ".repeat(9000) + "y"));
    documents.add(Texts.plain("\r\n".repeat(2000) + "x"));
    return documents;
  }

  @ParameterizedTest
  @MethodSource("chunkers")
  void cores_tile_the_text_within_the_limits(Case tested) {
    for (int i = 0; i < DOCUMENTS.size(); i++) {
      Document document = DOCUMENTS.get(i);
      int at = 0;
      for (Chunk chunk : chunks(tested, i)) {
        assertThat(chunk.start()).as("seed %d", SEED).isEqualTo(at);
        assertThat(chunk.text()).isEqualTo(document.text().substring(at, chunk.end()));
        assertThat(tested.counter().count(chunk.text()))
            .as("tokens of a core, seed %d", SEED)
            .isLessThanOrEqualTo(tested.limits().coreTokens());
        assertThat(chunk.text().length())
            .isLessThanOrEqualTo(tested.limits().coreTokens() * ChunkLimits.CHARACTERS_PER_TOKEN);
        at = chunk.end();
      }
      assertThat(at).isEqualTo(document.text().isBlank() ? at : document.indexedEnd());
    }
  }

  @ParameterizedTest
  @MethodSource("chunkers")
  void no_cut_is_inside_of_a_character(Case tested) {
    for (int i = 0; i < DOCUMENTS.size(); i++) {
      String text = DOCUMENTS.get(i).text();
      for (Chunk chunk : chunks(tested, i)) {
        int end = chunk.end();
        int overlapStart = chunk.start() - chunk.overlap().length();
        boolean hostile = text.contains("\u0301".repeat(Graphemes.LONGEST));
        assertThat(hostile || Graphemes.isBoundary(text, end)).as("seed %d", SEED).isTrue();
        assertThat(hostile || Graphemes.isBoundary(text, overlapStart)).isTrue();
        assertThat(end < text.length() && Character.isLowSurrogate(text.charAt(end))).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("chunkers")
  void overlap_is_the_end_of_the_chunk_before_and_makes_progress(Case tested) {
    for (int i = 0; i < DOCUMENTS.size(); i++) {
      Chunk before = null;
      for (Chunk chunk : chunks(tested, i)) {
        assertThat(tested.counter().count(chunk.overlap()))
            .as("seed %d", SEED)
            .isLessThanOrEqualTo(tested.limits().overlapTokens());
        if (before == null) {
          assertThat(chunk.overlap()).isEmpty();
        } else {
          assertThat(before.text()).endsWith(chunk.overlap());
          assertThat(chunk.overlap().length()).isLessThan(before.text().length());
        }
        before = chunk;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("chunkers")
  void chunks_are_not_smaller_than_the_minimum_but_for_the_last(Case tested) {
    if (tested.name().equals("fixed")
        || tested.counter() != WordCounter.ADDITIVE
        || tested.limits().minTokens() > tested.limits().coreTokens() / 2) {
      return; // shrinking for an exact count, and a window too narrow, may go below
    }
    Random random = new Random(SEED);
    for (int i = 0; i < 10; i++) {
      List<Chunk> chunks =
          tested.chunker().chunk(Texts.layOut(Texts.parts(random, 1 + random.nextInt(60))));
      for (Chunk chunk : chunks.subList(0, chunks.size() - 1)) {
        assertThat(tested.counter().count(chunk.text()))
            .as("seed %d", SEED)
            .isGreaterThanOrEqualTo(tested.limits().minTokens());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("chunkers")
  void same_document_gives_the_same_chunks(Case tested) {
    List<List<Chunk>> others = DOCUMENTS.parallelStream().map(tested.chunker()::chunk).toList();
    for (int i = 0; i < DOCUMENTS.size(); i++) {
      assertThat(others.get(i)).isEqualTo(chunks(tested, i));
    }
  }
}
