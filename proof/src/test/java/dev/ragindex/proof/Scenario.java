package dev.ragindex.proof;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Source;
import dev.ragindex.core.RagIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    Step withAction(Action other) {
      return new Step(name, world, maxTokens, moves, other);
    }
  }

  /** A call of the library. */
  interface Action {
    void run(RagIndex index, Source world) throws IOException;
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
    script.someKeys();
    script.orderedPuts();
    script.orderedDeletions();
    script.everythingAtOnce();
    return List.copyOf(script.steps);
  }

  private void sync(String name) {
    sync(name, Map.of());
  }

  private void sync(String name, Map<String, String> moves) {
    step(name, moves, RagIndex::sync);
  }

  private void step(String name, Map<String, String> moves, Action action) {
    steps.add(new Step(name, world, maxTokens, moves, action));
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

  private void someKeys() {
    world = world.edit("new/a.txt", text -> text + prose(50, 1)).put("told.txt", prose(51, 2));
    world = world.remove("copies/3.md");
    Set<String> keys = Set.of("new/a.txt", "told.txt", "copies/3.md");
    step("sync of keys", Map.of(), (index, source) -> index.sync(source, keys));
  }

  private void orderedPuts() {
    World late = world.put("event.txt", prose(60, 2));
    world = late.put("event.txt", prose(61, 3)).edit("told.txt", text -> text + prose(62, 1));
    step(
        "puts by sequence",
        Map.of(),
        (index, source) -> {
          index.put(source.find("event.txt"), 7);
          index.put(late.document("event.txt"), 6);
          index.put(source.find("told.txt"), 8);
        });
  }

  private void orderedDeletions() {
    World late = world;
    world = world.remove("guide/page1.md").remove("event.txt");
    step(
        "deletions by sequence",
        Map.of(),
        (index, source) -> {
          index.delete(new DocumentId(World.NAME, "guide/page1.md"), 9);
          index.delete(new DocumentId(World.NAME, "event.txt"), 9);
          index.put(late.document("event.txt"), 8);
        });
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
