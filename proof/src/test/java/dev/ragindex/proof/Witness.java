package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Placement;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.embed.HashingEmbedder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;

/**
 * A reader who looks at the index all the while, on a thread of its own: each document must be
 * exactly as it was before the step or exactly as it is after it, and what moves in one place.
 */
final class Witness implements AutoCloseable {

  private static final long PAUSE_NANOS = 5_000_000;
  private static final String QUERY = "paragraph number 2 of text 1";

  private final VectorStore store;
  private final IndexDump before;
  private final IndexDump after;
  private final Map<String, String> moves;
  private final Thread thread = Thread.ofPlatform().name("witness").unstarted(this::watch);
  private volatile boolean done;
  private volatile Throwable objection;
  private long seen = -1;

  Witness(VectorStore store, IndexDump before, IndexDump after, Map<String, String> moves) {
    this.store = store;
    this.before = before;
    this.after = after;
    this.moves = moves;
    thread.start();
  }

  /** Looks once more, and tells what it saw if that was wrong. */
  @Override
  public void close() {
    done = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    store.close();
    if (objection != null) {
      throw new AssertionError("a reader saw what must not be: " + objection, objection);
    }
  }

  private void watch() {
    try {
      while (!done) {
        look();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      look();
    } catch (RuntimeException | Error e) {
      objection = e;
    }
  }

  /** Looks at the last commit, unless it has done so. */
  synchronized void look() {
    try (Snapshot snapshot = store.snapshot()) {
      if (snapshot.revision() == seen) {
        return;
      }
      seen = snapshot.revision();
      look(IndexDump.of(snapshot));
    }
    search();
  }

  private void look(IndexDump now) {
    Set<DocumentId> all = new TreeSet<>(before.documents().keySet());
    all.addAll(after.documents().keySet());
    assertThat(all).containsAll(now.documents().keySet());
    for (DocumentId id : all) {
      assertThat(now.documents().get(id))
          .as(id.toString())
          .isIn(before.documents().get(id), after.documents().get(id));
    }
    moves.forEach(
        (from, to) ->
            assertThat(now.documents().keySet())
                .as("one of %s and %s", from, to)
                .haveExactly(1, isOneOf(from, to)));
  }

  private static Condition<DocumentId> isOneOf(String from, String to) {
    return new Condition<>(id -> id.key().equals(from) || id.key().equals(to), "one of both");
  }

  private void search() {
    float[] vector = HashingEmbedder.create().embedQuery(QUERY);
    List<SearchHit> hits = store.search(SearchRequest.of(QUERY).top(100), vector);
    Set<DocumentId> documents = new HashSet<>();
    hits.forEach(hit -> documents.add(hit.document()));
    for (DocumentId id : documents) {
      Set<Place> found = new HashSet<>();
      hits.stream().filter(hit -> hit.document().equals(id)).forEach(hit -> found.add(place(hit)));
      assertThat(versions(id)).as("hits of " + id).anyMatch(version -> version.equals(found));
    }
  }

  private Stream<Set<Place>> versions(DocumentId id) {
    return Stream.of(before, after)
        .map(dump -> dump.documents().get(id))
        .filter(Objects::nonNull)
        .map(IndexDump.Entry::layout)
        .map(layout -> new HashSet<>(layout.stream().map(Witness::place).toList()));
  }

  private static Place place(SearchHit hit) {
    return new Place(hit.chunk(), hit.start(), hit.end());
  }

  private static Place place(Placement placement) {
    return new Place(placement.chunk(), placement.start(), placement.end());
  }

  private record Place(UUID chunk, int start, int end) {}
}
