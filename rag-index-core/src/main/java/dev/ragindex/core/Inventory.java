package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.SourceDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one source, or some of them, as the index had them when the run began, and which
 * of them the listing has shown. Thread-safe.
 *
 * <p>A run holds this for each document, so it is digests in flat arrays, about 150 bytes a
 * document: of the key; of all that has to be equal for the document to be left alone; and, by
 * number, of the bytes, to find moves. Whatever is not left alone, or is missing in the end, is
 * looked up in the snapshot.
 */
final class Inventory {

  private final Snapshot snapshot;
  private final String source;
  private final @Nullable Set<String> some;

  private final DigestTable keys = new DigestTable();
  private final BitSet seen = new BitSet();
  private long[] quietHigh = new long[16];
  private long[] quietLow = new long[16];
  private int[] content = new int[16];

  private final DigestTable contents = new DigestTable();
  private int[] unseenLike = new int[16];

  private final Set<Fingerprint> pipelines = new HashSet<>();
  private int documents;
  private int unseen;
  private long chunks;

  private Inventory(Snapshot snapshot, String source, @Nullable Set<String> some) {
    this.snapshot = snapshot;
    this.source = source;
    this.some = some;
    try (Stream<DocumentState> states = states()) {
      states.forEach(this::add);
    }
  }

  static Inventory of(Snapshot snapshot, String source) {
    return new Inventory(snapshot, source, null);
  }

  /** Of some documents alone. */
  static Inventory of(Snapshot snapshot, String source, Set<String> keys) {
    return new Inventory(snapshot, source, keys);
  }

  private Stream<DocumentState> states() {
    return some == null
        ? snapshot.states(source)
        : some.stream()
            .map(key -> snapshot.state(new DocumentId(source, key)))
            .filter(Objects::nonNull);
  }

  /**
   * What the index has of a listed document.
   *
   * @param quiet whether it is indexed just so, without a problem, and need not be looked at
   * @param state its record; null if there is none, or if it is quiet
   */
  record Sighting(boolean quiet, @Nullable DocumentState state) {}

  /** How many documents the source had, tombstones left out; of some keys, it is counted now. */
  int documents() {
    if (some == null) {
      return documents;
    }
    try (Stream<DocumentState> states = snapshot.states(source)) {
      return (int) states.filter(state -> !state.deleted()).count();
    }
  }

  /** How many chunks the documents had. */
  long chunks() {
    return chunks;
  }

  /** The chains of stages that the documents were indexed by. */
  Set<Fingerprint> pipelines() {
    return Set.copyOf(pipelines);
  }

  /**
   * Ticks a listed document off.
   *
   * @param pipeline the chain of stages that a quiet document was indexed by
   */
  Sighting see(SourceDocument listed, Fingerprint pipeline) {
    return switch (tickOff(listed, pipeline)) {
      case NEW -> new Sighting(false, null);
      case QUIET -> new Sighting(true, null);
      case KNOWN -> new Sighting(false, snapshot.state(listed.id()));
    };
  }

  private enum Standing {
    NEW,
    QUIET,
    KNOWN
  }

  private synchronized Standing tickOff(SourceDocument listed, Fingerprint pipeline) {
    int number = keys.find(digest(listed.id().key()));
    if (number == DigestTable.NONE) {
      return Standing.NEW;
    }
    if (!seen.get(number)) {
      seen.set(number);
      unseen--;
      if (content[number] != DigestTable.NONE) {
        unseenLike[content[number]]--;
      }
    }
    return isQuiet(number, listed, pipeline) ? Standing.QUIET : Standing.KNOWN;
  }

  private boolean isQuiet(int number, SourceDocument listed, Fingerprint pipeline) {
    String version = listed.version();
    if (version == null) {
      return false;
    }
    Fingerprint quiet = quiet(version, listed.metadata().fingerprint(), pipeline);
    return quiet.a() == quietHigh[number] && quiet.b() == quietLow[number];
  }

  /** Whether a document of these bytes was in the index when the run began. */
  synchronized boolean has(Fingerprint bytes) {
    return contents.find(bytes) != DigestTable.NONE;
  }

  /** Whether a document of these bytes was not listed yet: new bytes like these may be a move. */
  synchronized boolean awaits(Fingerprint bytes) {
    int number = contents.find(bytes);
    return number != DigestTable.NONE && unseenLike[number] > 0;
  }

  /**
   * After the listing: what it did not show.
   *
   * @param covered whether the listing would have shown the document of this key
   */
  synchronized Missing missing(Predicate<String> covered) {
    List<Absent> missing = new ArrayList<>();
    if (unseen > 0) {
      try (Stream<DocumentState> states = states()) {
        states
            .filter(state -> !seen.get(keys.find(digest(state.id().key()))))
            .filter(state -> covered.test(state.id().key()))
            .forEach(state -> missing.add(Absent.of(state)));
      }
    }
    return new Missing(missing);
  }

  private void add(DocumentState state) {
    int number = keys.add(digest(state.id().key()));
    makeRoom(number);
    content[number] = DigestTable.NONE;
    Indexed indexed = state.indexed();
    if (state.deleted()) {
      seen.set(number); // nobody expects it to be listed
      return;
    }
    documents++;
    unseen++;
    if (indexed != null) {
      chunks += indexed.chunks();
      pipelines.add(indexed.pipeline());
      addContent(number, indexed.bytes());
      if (state.problem() == null && indexed.version() != null) {
        Fingerprint quiet = quiet(indexed.version(), indexed.metadata(), indexed.pipeline());
        quietHigh[number] = quiet.a();
        quietLow[number] = quiet.b();
      }
    }
  }

  private void addContent(int number, Fingerprint bytes) {
    content[number] = contents.add(bytes);
    if (content[number] == unseenLike.length) {
      unseenLike = Arrays.copyOf(unseenLike, larger(unseenLike.length));
    }
    unseenLike[content[number]]++;
  }

  private void makeRoom(int number) {
    if (number == content.length) {
      int larger = larger(number);
      quietHigh = Arrays.copyOf(quietHigh, larger);
      quietLow = Arrays.copyOf(quietLow, larger);
      content = Arrays.copyOf(content, larger);
    }
  }

  private static int larger(int length) {
    return length + (length >> 1);
  }

  private static Fingerprint digest(String key) {
    return Fingerprint.builder("key/1").add(key).build();
  }

  /** What is equal for a document that is left alone. */
  private static Fingerprint quiet(String version, Fingerprint metadata, Fingerprint pipeline) {
    return Fingerprint.builder("quiet/1").add(version).add(metadata).add(pipeline).build();
  }
}
