package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Block;
import dev.ragindex.api.Chunk;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An edit changes the chunks it touched. {@code -Dseed=N} repeats a failed run. */
class StabilityTest {

  private static final long SEED = Long.getLong("seed", 7);
  private static final ChunkLimits LIMITS = ChunkLimits.of(190);

  static Stream<Chunker> stable() {
    return Stream.of("recursive", "sentence", "structure")
        .map(name -> Chunkers.named(name, WordCounter.ADDITIVE, LIMITS));
  }

  @ParameterizedTest
  @MethodSource("stable")
  void a_sentence_inserted_into_markdown_changes_one_or_two_chunks(Chunker chunker) {
    Random random = new Random(SEED);
    int[] changed = new int[100];
    for (int trial = 0; trial < changed.length; trial++) {
      List<Texts.Part> parts = Texts.parts(random, 100);
      List<Texts.Part> edited = new ArrayList<>(parts);
      int at = indexOfProse(parts, random);
      Texts.Part part = parts.get(at);
      edited.set(
          at, part.insert(random.nextInt(part.sentences().size() + 1), Texts.sentence(random)));
      changed[trial] = changed(chunker, Texts.layOut(parts), Texts.layOut(edited));
    }
    assertWithinGoal(changed);
  }

  @ParameterizedTest
  @MethodSource("stable")
  void a_sentence_inserted_into_one_long_paragraph_changes_one_or_two_chunks(Chunker chunker) {
    Random random = new Random(SEED);
    int[] changed = new int[300];
    for (int trial = 0; trial < changed.length; trial++) {
      List<String> sentences = Texts.sentences(random, 250);
      Document before = Texts.plain(String.join(" ", sentences));
      sentences.add(random.nextInt(sentences.size()), Texts.sentence(random));
      changed[trial] = changed(chunker, before, Texts.plain(String.join(" ", sentences)));
    }
    assertWithinGoal(changed);
  }

  @Test
  void greedy_packing_would_fail_the_same_goal() {
    Random random = new Random(SEED);
    Chunker greedy = Chunkers.recursive(WordCounter.ADDITIVE, LIMITS.withPacking(Packing.GREEDY));
    int[] changed = new int[40];
    for (int trial = 0; trial < changed.length; trial++) {
      List<String> sentences = Texts.sentences(random, 250);
      Document before = Texts.plain(String.join(" ", sentences));
      sentences.add(random.nextInt(sentences.size()), Texts.sentence(random));
      changed[trial] = changed(greedy, before, Texts.plain(String.join(" ", sentences)));
    }
    assertThat(Arrays.stream(changed).average().orElseThrow()).isGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("stable")
  void after_a_common_cut_equal_texts_give_equal_chunks(Chunker chunker) {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 50; trial++) {
      List<Texts.Part> tail = Texts.parts(random, 60);
      List<Chunk> left = chunkBehind(chunker, Texts.parts(random, random.nextInt(30)), tail);
      List<Chunk> right = chunkBehind(chunker, Texts.parts(random, random.nextInt(30)), tail);

      Set<Integer> leftEnds = endsFromBehind(left);
      Set<Integer> rightEnds = endsFromBehind(right);
      int length = Texts.layOut(tail).text().length();
      int firstCommon =
          leftEnds.stream()
              .filter(end -> end <= length && rightEnds.contains(end))
              .mapToInt(Integer::intValue)
              .max()
              .orElseThrow();
      assertThat(upTo(leftEnds, firstCommon))
          .as("seed %d trial %d", SEED, trial)
          .isEqualTo(upTo(rightEnds, firstCommon));
      assertThat(firstCommon).as("falls into step").isGreaterThan(length / 2);
    }
  }

  /** As an unclosed fence makes it: whatever parsers do about those, the cuts should not care. */
  @ParameterizedTest
  @MethodSource("stable")
  void text_that_becomes_code_keeps_most_of_its_chunks(Chunker chunker) {
    Random random = new Random(SEED);
    int changed = 0;
    int chunks = 0;
    for (int trial = 0; trial < 20; trial++) {
      Document before = Texts.layOut(Texts.parts(random, 100));
      Block first = before.blocks().getFirst();
      Block code =
          new Block(
              Block.Kind.CODE,
              Block.Layer.BODY,
              first.start(),
              before.blocks().getLast().end(),
              0,
              0);
      changed += changed(chunker, before, Texts.document(before.text(), List.of(code)));
      chunks += chunker.chunk(before).size();
    }
    assertThat((double) changed / chunks).as("share changed, seed %d", SEED).isLessThan(2.0 / 3);
  }

  private static List<Chunk> chunkBehind(
      Chunker chunker, List<Texts.Part> head, List<Texts.Part> tail) {
    List<Texts.Part> all = new ArrayList<>(head);
    all.addAll(tail);
    return chunker.chunk(Texts.layOut(all));
  }

  /** Distances of the cuts from the end of the text. */
  private static Set<Integer> endsFromBehind(List<Chunk> chunks) {
    int end = chunks.getLast().end();
    return chunks.stream()
        .map(chunk -> end - chunk.start())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Integer> upTo(Set<Integer> distances, int limit) {
    return distances.stream().filter(distance -> distance <= limit).collect(Collectors.toSet());
  }

  private static int indexOfProse(List<Texts.Part> parts, Random random) {
    while (true) {
      int at = random.nextInt(parts.size());
      if (parts.get(at).kind() == Block.Kind.PARAGRAPH) {
        return at;
      }
    }
  }

  /** Chunks of the edited document whose text was in no chunk before. */
  private static int changed(Chunker chunker, Document before, Document after) {
    Map<String, Long> known =
        new HashMap<>(
            chunker.chunk(before).stream()
                .collect(Collectors.groupingBy(Chunk::text, Collectors.counting())));
    Function<Chunk, Boolean> isNew = chunk -> known.merge(chunk.text(), -1L, Long::sum) < 0;
    return (int) chunker.chunk(after).stream().filter(isNew::apply).count();
  }

  private static void assertWithinGoal(int[] changed) {
    Arrays.sort(changed);
    assertThat(Arrays.stream(changed).average().orElseThrow())
        .as("mean of changed chunks, seed %d", SEED)
        .isBetween(1.0, 1.5);
    assertThat(changed[changed.length * 99 / 100]).as("p99, seed %d", SEED).isLessThanOrEqualTo(4);
  }
}
