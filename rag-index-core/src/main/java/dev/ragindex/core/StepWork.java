package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the steps of a plan. A step is taken if the source still has the content that the plan
 * saw, and the index the content that the plan was made against; else the document has moved on and
 * is left to the next plan. Bytes decide, so a document that was merely touched is no reason to
 * stop. What was carried out before is unchanged. Thread-safe.
 */
final class StepWork {

  private static final String INDEX_MOVED_ON =
      "the index has another version of it since the plan was made";

  private final Source source;
  private final Snapshot before;
  private final DocumentWork work;
  private final Fingerprint pipeline;

  StepWork(Source source, Snapshot before, DocumentWork work, Fingerprint pipeline) {
    this.source = source;
    this.before = before;
    this.work = work;
    this.pipeline = pipeline;
  }

  /** What the source says of a document now. */
  sealed interface Answer {
    /** It is there. */
    record There(SourceDocument document) implements Answer {}

    /** It is surely not there. */
    record Gone() implements Answer {}

    /** The source cannot tell. */
    record Unknown(String reason) implements Answer {}
  }

  /** Looks a document up in the source. */
  Answer find(DocumentId id) {
    try {
      SourceDocument document = source.find(id.key());
      return document == null ? new Answer.Gone() : new Answer.There(document);
    } catch (IOException e) {
      return new Answer.Unknown("it could not be looked up: " + e);
    }
  }

  /**
   * Decides on an addition, update, patch or move.
   *
   * @param bytes the content that the plan saw
   * @param document the document as the source has it now
   */
  Outcome write(Plan.Step step, Fingerprint bytes, SourceDocument document) {
    DocumentState known = before.state(document.id());
    Fingerprint has = bytes(known);
    if (bytes.equals(has)) {
      return index(document, known, null, bytes); // a stage changed, or this was done before
    }
    if (!Objects.equals(has, step.before())) {
      return Outcome.deferred(document.id(), INDEX_MOVED_ON);
    }
    DocumentId from = step.change().from();
    if (from == null) {
      return index(document, known, null, bytes);
    }
    DocumentState old = before.state(from);
    boolean asPlanned = bytes.equals(bytes(old)) && find(from) instanceof Answer.Gone;
    return old != null && asPlanned
        ? index(document, known, Absent.of(old), bytes)
        : Outcome.deferred(document.id(), "what it was moved from changed since the plan was made");
  }

  private Outcome index(
      SourceDocument document,
      @Nullable DocumentState known,
      @Nullable Absent movedFrom,
      Fingerprint bytes) {
    DocumentId id = document.id();
    Inventory.Sighting sighting = new Inventory.Sighting(false, known);
    return switch (Verdict.byVersion(document, sighting, pipeline)) {
      case Verdict.Unchanged unchanged -> Outcome.quiet(id, Tally::unchanged);
      case Verdict.Touched touched -> Outcome.quiet(id, Tally::unchanged);
      case Verdict.Settled settled ->
          Outcome.quiet(id, tally -> tally.problem(id.key(), settled.problem()));
      case Verdict.Work reason -> work.decidePlanned(document, known, movedFrom, bytes);
    };
  }

  /** Decides on a deletion, withheld or not. */
  Outcome delete(Plan.Step step) {
    DocumentId id = step.change().document();
    DocumentState known = before.state(id);
    if (known == null || known.deleted()) {
      return Outcome.quiet(id, Tally::unchanged);
    }
    if (!Objects.equals(bytes(known), step.before())) {
      return Outcome.deferred(id, INDEX_MOVED_ON);
    }
    return switch (find(id)) {
      case Answer.There there -> Outcome.deferred(id, "the source has it again");
      case Answer.Unknown unknown -> Outcome.deferred(id, unknown.reason());
      case Answer.Gone gone -> removed(step.change(), Absent.of(known));
    };
  }

  private static Outcome removed(Change planned, Absent document) {
    DocumentId id = document.id();
    Change change = new Change(planned.kind(), id, planned.reason(), null, false);
    return Outcome.note(
        id,
        new Mutation.Remove(id),
        tally -> {
          tally.changed(change);
          tally.chunks(0, 0, document.chunks(), -document.chunks());
        });
  }

  private static @Nullable Fingerprint bytes(@Nullable DocumentState state) {
    return state == null || state.indexed() == null ? null : state.indexed().bytes();
  }
}
