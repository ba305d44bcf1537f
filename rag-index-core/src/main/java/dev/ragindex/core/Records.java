package dev.ragindex.core;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Makes the outcomes that write a document: its new record, and of its chunks those that are not
 * stored yet. Thread-safe.
 */
final class Records {

  private final Snapshot before;
  private final ChunkVectors vectors;
  private final Fingerprint pipeline;

  /**
   * Begins.
   *
   * @param before the store when the run began
   * @param pipeline the chain of stages that the records name
   */
  Records(Snapshot before, ChunkVectors vectors, Fingerprint pipeline) {
    this.before = before;
    this.vectors = vectors;
    this.pipeline = pipeline;
  }

  /** What is to be removed once a document is gone; whether its key had ordered changes decides. */
  private static Mutation removal(Absent gone) {
    return gone.sequence() == 0
        ? new Mutation.Remove(gone.id())
        : new Mutation.Put(
            new DocumentState(gone.id(), null, null, Metadata.EMPTY, gone.sequence(), true),
            List.of(),
            List.of());
  }

  /** A document leaves the index. */
  static Outcome deletion(Absent gone, Change.Reason reason) {
    Change change = change(Change.Kind.DELETE, gone.id(), reason);
    return Outcome.note(
        gone.id(),
        removal(gone),
        tally -> {
          tally.changed(change);
          tally.chunks(0, 0, gone.chunks(), -gone.chunks());
        });
  }

  /** The text is as it was: the record alone changes. */
  Outcome patched(
      Task task, Content content, Document document, Indexed old, Change.Reason reason) {
    DocumentState state = state(task, content, document, old.chunks());
    Change.Reason why = reason == Change.Reason.BYTES ? Change.Reason.SAME_TEXT : reason;
    Change change = change(Change.Kind.PATCH, task.id(), why);
    return Outcome.patch(
        new Mutation.Note(state), content.fingerprint(), tally -> tally.changed(change));
  }

  /** The bytes are as they were: the record notes the version, and that a problem is over. */
  Outcome touched(Task task, Content content) {
    DocumentState old = task.known();
    if (old == null || old.indexed() == null) {
      throw new IllegalStateException(task.id() + " was indexed when the run began");
    }
    Indexed indexed = old.indexed().withVersion(content.version());
    Metadata metadata = old.deleted() ? Metadata.EMPTY : old.metadata().with(content.metadata());
    DocumentState state =
        new DocumentState(old.id(), indexed, null, metadata, task.sequence(), old.deleted());
    return state.equals(old)
        ? Outcome.quiet(old.id(), Tally::unchanged)
        : Outcome.note(old.id(), new Mutation.Note(state), Tally::unchanged);
  }

  /** The text changed, or what is made of it. */
  Outcome put(
      Task task, Content content, Document document, Prepared prepared, Change.Reason reason) {
    Indexed old = task.indexed();
    Absent from = task.from();
    Set<Written> stored = old == null ? Set.of() : written(before.layout(task.id()));
    List<StoredChunk> fresh = new ArrayList<>();
    List<Integer> tokens = new ArrayList<>();
    for (int i = 0; i < prepared.chunks().size(); i++) {
      StoredChunk chunk = prepared.chunks().get(i);
      if (!stored.contains(new Written(chunk.id(), chunk.embeddingKey()))) {
        fresh.add(chunk);
        tokens.add(prepared.tokens().get(i));
      }
    }
    ChunkVectors.Resolved resolved = vectors.resolve(fresh, tokens);
    List<StoredChunk> chunks =
        fresh.stream()
            .map(chunk -> chunk.withVector(resolved.vectors().get(chunk.embeddingKey())))
            .toList();
    int total = prepared.layout().size();
    List<Mutation> mutations = new ArrayList<>();
    DocumentState state = state(task, content, document, total);
    mutations.add(new Mutation.Put(state, prepared.layout(), chunks));
    if (from != null) {
      mutations.add(removal(from));
    }
    boolean kept = reason == Change.Reason.BYTES && fresh.isEmpty() && total == stored.size();
    Change change = change(task, kept ? Change.Reason.STRUCTURE : reason);
    int computed = resolved.computed().size();
    int oldChunks = from != null ? from.chunks() : stored.size();
    int stays = total - fresh.size();
    int hits =
        (int) fresh.stream().filter(c -> resolved.reused().contains(c.embeddingKey())).count();
    return new Outcome(
        task.id(),
        content.fingerprint(),
        mutations,
        resolved.claimed(),
        fresh.size(),
        resolved.tokens(),
        tally -> {
          tally.changed(change);
          tally.chunks(computed, total - computed, oldChunks - stays, total - oldChunks);
          tally.cacheHits(hits);
        });
  }

  private DocumentState state(Task task, Content content, Document document, int chunks) {
    Indexed indexed =
        new Indexed(
            content.version(),
            content.fingerprint(),
            document.fingerprint(),
            content.metadata().fingerprint(),
            pipeline,
            document.indexedEnd(),
            chunks);
    Metadata metadata = Pipeline.metadata(document, content.metadata());
    return new DocumentState(task.id(), indexed, null, metadata, task.sequence(), false);
  }

  private static Change change(Task task, Change.Reason reason) {
    if (task.from() != null) {
      return new Change(Change.Kind.MOVE, task.id(), Change.Reason.MOVED, task.from().id(), false);
    }
    return change(task.indexed() == null ? Change.Kind.ADD : Change.Kind.UPDATE, task.id(), reason);
  }

  private static Change change(Change.Kind kind, DocumentId id, Change.Reason reason) {
    return new Change(kind, id, reason, null, false);
  }

  private static Set<Written> written(List<Placement> layout) {
    Set<Written> written = HashSet.newHashSet(layout.size());
    layout.forEach(at -> written.add(new Written(at.chunk(), at.embeddingKey())));
    return written;
  }

  /** What decides that a stored chunk can stay. */
  private record Written(UUID chunk, Fingerprint embeddingKey) {}
}
