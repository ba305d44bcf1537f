package dev.ragindex.proof;

import dev.ragindex.api.Metadata;
import dev.ragindex.api.Source;
import dev.ragindex.core.RagIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The script that is played, disturbed and undisturbed: every kind of change at least once. */
final class Scenario {

  /** Limits for the chunker, in tokens: a few paragraphs a chunk, and fewer. */
  private static final int WIDE = 40;

  private static final int NARROW = 24;

  private final List<Step> steps = new ArrayList<>();
  private World world = World.EMPTY;
  private int maxTokens = WIDE;

  private Scenario() {}

  /**
   * One call of the library.
   *
   * @param name what it is about
   * @param world what stands outside when it is made
   * @param maxTokens the chunker's limit
   * @param moves old key to new key of the documents that a reader must see in one place
   * @param action the call, made again by the next process if this one dies
   */
  record Step(String name, World world, int maxTokens, Map<String, String> moves, Action action) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A call of the library. */
  interface Action {
    void run(RagIndex index, Source world);
  }

  /** The script. */
  static List<Step> steps() {
    Scenario script = new Scenario();
    script.firstSync();
    script.edits();
    script.moves();
    script.copies();
    script.deletions();
    script.patches();
    script.problems();
    script.otherChunker();
    script.everythingAtOnce();
    return List.copyOf(script.steps);
  }

  private void sync(String name) {
    sync(name, Map.of());
  }

  private void sync(String name, Map<String, String> moves) {
    steps.add(new Step(name, world, maxTokens, moves, RagIndex::sync));
  }

  private void firstSync() {
    for (int i = 0; i < 4; i++) {
      world = world.put("guide/page%d.md".formatted(i), prose(i, 4));
    }
    world = world.put("notes/shared.txt", prose(0, 2) + prose(7, 1));
    world = world.put("notes/empty.txt", "");
    world = world.put("notes/damaged.txt", ParagraphParser.DAMAGE + prose(8, 2));
    world = world.put("old/a.txt", prose(20, 2)).put("old/b.txt", prose(21, 3));
    sync("first sync");
  }

  private void edits() {
    world = world.edit("guide/page0.md", text -> prose(30, 1) + text);
    world = world.edit("guide/page1.md", text -> text.replace("number 2", "number two"));
    world = world.edit("notes/shared.txt", text -> text + prose(31, 1));
    world = world.touch("guide/page2.md");
    sync("edit and touch");
  }

  private void moves() {
    world = world.move("old/a.txt", "new/a.txt").move("old/b.txt", "new/b.txt");
    world = world.move("guide/page3.md", "guide/last.md").copy("guide/last.md", "guide/twin.md");
    sync(
        "move",
        Map.of(
            "old/a.txt", "new/a.txt",
            "old/b.txt", "new/b.txt",
            "guide/page3.md", "guide/last.md"));
  }

  private void copies() {
    world = world.copy("guide/page0.md", "copies/1.md").copy("guide/page0.md", "copies/2.md");
    world = world.put("copies/3.md", world.text("new/a.txt") + world.text("new/b.txt"));
    sync("copy");
  }

  private void deletions() {
    world = world.remove("guide/twin.md").remove("notes/empty.txt").remove("copies/2.md");
    sync("delete");
  }

  private void patches() {
    world =
        world.metadata("guide/page1.md", Metadata.EMPTY.with("path", "x").with("author", "Eve"));
    world = world.metadata("new/a.txt", Metadata.EMPTY.with("rank", 3L));
    sync("metadata");
  }

  private void problems() {
    world = world.edit("guide/page2.md", text -> ParagraphParser.DAMAGE + text);
    world = world.edit("notes/damaged.txt", text -> text.substring(1));
    world = world.edit("guide/page0.md", text -> "All gone.");
    world = world.readable("new/b.txt", false).touch("new/b.txt").readable("new/b.txt", false);
    sync("problems");
  }

  private void otherChunker() {
    maxTokens = NARROW;
    sync("another chunker");
  }

  private void everythingAtOnce() {
    world = world.put("guide/page0.md", prose(40, 5)).put("guide/page2.md", prose(2, 3));
    world = world.readable("new/b.txt", true).move("guide/last.md", "archive/last.md");
    world = world.copy("archive/last.md", "archive/copy.md").remove("copies/1.md");
    world = world.metadata("new/a.txt", Metadata.EMPTY.with("rank", 4L));
    world = world.put("fresh.txt", prose(41, 3));
    sync("everything at once", Map.of("guide/last.md", "archive/copy.md"));
  }

  private static String prose(int seed, int paragraphs) {
    return IntStream.range(0, paragraphs)
        .mapToObj(
            i ->
                "# Part %d of %d\n\nThis is paragraph number %d of text %d.\n\n"
                    .formatted(i, seed, i, seed))
        .collect(Collectors.joining());
  }
}
