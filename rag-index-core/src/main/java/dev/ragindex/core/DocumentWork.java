package dev.ragindex.core;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoredChunk;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one document once it has to be read: from the listed document to the outcome that
 * is committed. Reads the store as it was when the run began, writes nothing. Thread-safe.
 */
final class DocumentWork {

  /** A new version with less than this part of the old one's characters is suspect. */
  private static final int SUSPECT_PART = 10;

  private final Pipeline pipeline;
  private final Snapshot before;
  private final RunVectors vectors;
  private final StageTimes times;
  private final Clock clock;
  private final long maxBytes;

  DocumentWork(
      Pipeline pipeline,
      Snapshot before,
      RunVectors vectors,
      StageTimes times,
      Clock clock,
      long maxBytes) {
    this.pipeline = pipeline;
    this.before = before;
    this.vectors = vectors;
    this.times = times;
    this.clock = clock;
    this.maxBytes = maxBytes;
  }

  /**
   * Reads a document and decides on it.
   *
   * @param listed the document
   * @param known what the index had of it, or null
   * @param postpone asked with new bytes of an unknown document: true puts the decision off
   * @return the outcome, or null if it was put off
   * @throws IndexingException if a service or the store fails; no document is to blame
   */
  @Nullable Outcome decide(
      SourceDocument listed,
      @Nullable Known known,
      BiPredicate<SourceDocument, Fingerprint> postpone) {
    try (Content content = read(listed)) {
      if (known == null && postpone.test(listed, content.fingerprint())) {
        return null;
      }
      return judge(content, known, null);
    } catch (Content.Vanished e) {
      return vanished(listed);
    } catch (IndexingException e) {
      return problem(listed, known, null, e);
    }
  }

  /**
   * Reads a document whose bytes another, missing one had.
   *
   * @param listed the document, under its new key
   * @param bytes the bytes both had when the listing met the new one
   * @param from what the index had under the old key
   * @return the outcome
   */
  Outcome decideMove(SourceDocument listed, Fingerprint bytes, Known from) {
    try (Content content = read(listed)) {
      return judge(content, null, content.fingerprint().equals(bytes) ? from : null);
    } catch (Content.Vanished e) {
      return vanished(listed);
    } catch (IndexingException e) {
      return problem(listed, null, null, e);
    }
  }

  /** The outcome of an outcome that the store refused. */
  Outcome refused(Outcome outcome, IllegalArgumentException reason) {
    DocumentState state = before.state(outcome.document());
    Problem problem =
        new Problem(
            Stage.STORE,
            Problem.Kind.CONTENT,
            "the store refused it: " + reason.getMessage(),
            null,
            null,
            pipeline.fingerprint(),
            1,
            clock.instant());
    DocumentState noted =
        state == null
            ? new DocumentState(outcome.document(), null, problem, Metadata.EMPTY, 0, false)
            : state.withProblem(problem);
    return Outcome.note(
        outcome.document(),
        new Mutation.Note(noted),
        tally -> tally.problem(outcome.document().key(), problem));
  }

  private Content read(SourceDocument listed) throws Content.Vanished {
    long start = System.nanoTime();
    try {
      return Content.read(listed, maxBytes);
    } finally {
      times.add(Stage.READ, System.nanoTime() - start);
    }
  }

  private Outcome judge(Content content, @Nullable Known known, @Nullable Known movedFrom) {
    Fingerprint bytes = content.fingerprint();
    return switch (Verdict.byBytes(content, known, bytes, pipeline.fingerprint())) {
      case Verdict.Unchanged unchanged -> quiet(content);
      case Verdict.Touched touched -> touched(content);
      case Verdict.Settled settled -> settled(content, settled.problem());
      case Verdict.Work work -> {
        try {
          yield index(content, known, movedFrom, work.reason());
        } catch (IndexingException e) {
          yield problem(content, known, bytes, e);
        }
      }
    };
  }

  private Outcome index(
      Content content, @Nullable Known known, @Nullable Known movedFrom, Change.Reason reason) {
    Document document = pipeline.parse(content, times);
    Indexed old = known == null ? null : known.indexed();
    String suspicion = suspicion(content, document, old);
    if (suspicion != null) {
      return suspect(content, known, suspicion);
    }
    Fingerprint text = document.fingerprint();
    Metadata metadata = Pipeline.metadata(document, content.metadata());
    if (old != null && old.text().equals(text) && old.pipeline().equals(pipeline.fingerprint())) {
      return patched(content, document, metadata, old, reason);
    }
    Prepared prepared = pipeline.chunk(document, times);
    return put(content, document, metadata, prepared, old, movedFrom, reason);
  }

  private static @Nullable String suspicion(
      Content content, Document document, @Nullable Indexed old) {
    String warnings =
        document.warnings().isEmpty() ? "" : " (" + String.join(", ", document.warnings()) + ")";
    if (content.size() > 0 && document.indexedText().isBlank()) {
      return "%,d bytes that give no text%s".formatted(content.size(), warnings);
    }
    if (old != null && (long) document.indexedEnd() * SUSPECT_PART < old.characters()) {
      return "the text shrank from %,d to %,d characters%s"
          .formatted(old.characters(), document.indexedEnd(), warnings);
    }
    return null;
  }

  private Outcome put(
      Content content,
      Document document,
      Metadata metadata,
      Prepared prepared,
      @Nullable Indexed old,
      @Nullable Known movedFrom,
      Change.Reason reason) {
    DocumentId id = content.id();
    Set<Written> stored = old == null ? Set.of() : written(before.layout(id));
    List<StoredChunk> fresh = new ArrayList<>();
    List<Integer> tokens = new ArrayList<>();
    for (int i = 0; i < prepared.chunks().size(); i++) {
      StoredChunk chunk = prepared.chunks().get(i);
      if (!stored.contains(new Written(chunk.id(), chunk.embeddingKey()))) {
        fresh.add(chunk);
        tokens.add(prepared.tokens().get(i));
      }
    }
    RunVectors.Resolved resolved = vectors.resolve(fresh, tokens);
    List<StoredChunk> chunks =
        fresh.stream()
            .map(chunk -> chunk.withVector(resolved.vectors().get(chunk.embeddingKey())))
            .toList();
    List<Mutation> mutations = new ArrayList<>();
    DocumentState state = state(content, document, metadata, prepared.layout().size());
    mutations.add(new Mutation.Put(state, prepared.layout(), chunks));
    DocumentId from = movedFrom == null ? null : new DocumentId(id.source(), movedFrom.key());
    if (from != null) {
      mutations.add(new Mutation.Remove(from));
    }
    Change change =
        from != null
            ? new Change(Change.Kind.MOVE, id, Change.Reason.MOVED, from, false)
            : change(old == null ? Change.Kind.ADD : Change.Kind.UPDATE, id, reason);
    int computed = resolved.computed().size();
    int total = prepared.layout().size();
    int oldChunks = movedFrom != null ? movedFrom.chunks() : stored.size();
    int kept = total - fresh.size();
    int hits =
        (int) fresh.stream().filter(c -> resolved.fromRun().contains(c.embeddingKey())).count();
    return new Outcome(
        id,
        mutations,
        resolved.computed(),
        fresh.size(),
        resolved.tokens(),
        tally -> {
          tally.changed(change);
          tally.chunks(computed, total - computed, oldChunks - kept, total - oldChunks);
          tally.embedded(resolved.tokens(), hits);
        });
  }

  private DocumentState state(Content content, Document document, Metadata metadata, int chunks) {
    Indexed indexed = pipeline.indexed(content, document, chunks);
    return new DocumentState(content.id(), indexed, null, metadata, 0, false);
  }

  private Outcome patched(
      Content content, Document document, Metadata metadata, Indexed old, Change.Reason reason) {
    DocumentState state = state(content, document, metadata, old.chunks());
    Change.Reason why = reason == Change.Reason.BYTES ? Change.Reason.SAME_TEXT : reason;
    Change change = change(Change.Kind.PATCH, content.id(), why);
    return Outcome.note(content.id(), new Mutation.Note(state), tally -> tally.changed(change));
  }

  private Outcome touched(Content content) {
    DocumentState old = before.state(content.id());
    if (old == null || old.indexed() == null) {
      throw new IllegalStateException(content.id() + " was indexed when the run began");
    }
    Indexed was = old.indexed();
    Indexed indexed =
        new Indexed(
            content.version(),
            was.bytes(),
            was.text(),
            was.metadata(),
            was.pipeline(),
            was.characters(),
            was.chunks());
    Metadata metadata = old.metadata().with(content.metadata());
    DocumentState state =
        new DocumentState(old.id(), indexed, null, metadata, old.sequence(), false);
    return state.equals(old)
        ? quiet(content)
        : Outcome.note(old.id(), new Mutation.Note(state), Tally::unchanged);
  }

  private static Outcome quiet(SourceDocument listed) {
    return Outcome.quiet(listed.id(), Tally::unchanged);
  }

  private static Outcome vanished(SourceDocument listed) {
    return Outcome.quiet(
        listed.id(),
        tally -> tally.deferred(listed.id().key(), Stage.READ, "gone since it was listed"));
  }

  private Outcome settled(Content content, Problem old) {
    Problem same =
        new Problem(
            old.stage(),
            old.kind(),
            old.reason(),
            content.version(),
            old.bytes(),
            old.signature(),
            old.attempts(),
            old.since());
    return noted(content, same);
  }

  private Outcome suspect(Content content, @Nullable Known known, String suspicion) {
    return noted(
        content,
        newProblem(
            content, known, content.fingerprint(), Stage.PARSE, Problem.Kind.SUSPECT, suspicion));
  }

  private Outcome problem(
      SourceDocument listed,
      @Nullable Known known,
      @Nullable Fingerprint bytes,
      IndexingException e) {
    Problem.Kind kind =
        switch (e.kind()) {
          case CONTENT -> Problem.Kind.CONTENT;
          case READ -> Problem.Kind.READ;
          case TIMEOUT -> Problem.Kind.TIMEOUT;
          case INFRASTRUCTURE -> throw e;
        };
    String message = e.getMessage();
    return noted(
        listed,
        newProblem(
            listed, known, bytes, e.stage(), kind, message == null ? "no reason given" : message));
  }

  private Problem newProblem(
      SourceDocument listed,
      @Nullable Known known,
      @Nullable Fingerprint bytes,
      Stage stage,
      Problem.Kind kind,
      String reason) {
    Problem old = known == null ? null : known.problem();
    Problem fresh =
        new Problem(
            stage,
            kind,
            reason,
            listed.version(),
            bytes,
            pipeline.fingerprint(),
            1,
            clock.instant());
    return old != null && isAgain(old, fresh) ? repeated(old, fresh) : fresh;
  }

  private static boolean isAgain(Problem old, Problem fresh) {
    return old.kind() == fresh.kind()
        && old.stage() == fresh.stage()
        && old.reason().equals(fresh.reason());
  }

  /** Only time-outs are counted; else a problem that stands would be written in each run. */
  private static Problem repeated(Problem old, Problem fresh) {
    return new Problem(
        fresh.stage(),
        fresh.kind(),
        fresh.reason(),
        fresh.version(),
        fresh.bytes(),
        fresh.signature(),
        old.attempts() + (fresh.kind() == Problem.Kind.TIMEOUT ? 1 : 0),
        old.since());
  }

  /** Records a problem beside the old version, unless it stands there already. */
  private Outcome noted(SourceDocument listed, Problem problem) {
    DocumentState old = before.state(listed.id());
    DocumentState state =
        old == null
            ? new DocumentState(listed.id(), null, problem, listed.metadata(), 0, false)
            : old.withProblem(problem);
    Consumer<Tally> effect = tally -> tally.problem(listed.id().key(), problem);
    return state.equals(old)
        ? Outcome.quiet(listed.id(), effect)
        : Outcome.note(listed.id(), new Mutation.Note(state), effect);
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
