package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
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
  private final Workshop shop;

  StepWork(Source source, Snapshot before, Workshop shop) {
    this.source = source;
    this.before = before;
    this.shop = shop;
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
    Task task = Task.listed(document, before.state(document.id()));
    Fingerprint has = bytes(task.known());
    if (bytes.equals(has)) {
      return index(task, bytes); // a stage changed, or this was done before
    }
    if (!Objects.equals(has, step.before())) {
      return deferred(task.id(), INDEX_MOVED_ON);
    }
    DocumentId from = step.change().from();
    if (from == null) {
      return index(task, bytes);
    }
    DocumentState old = before.state(from);
    boolean asPlanned = bytes.equals(bytes(old)) && find(from) instanceof Answer.Gone;
    return old != null && asPlanned
        ? index(task.movedFrom(Absent.of(old)), bytes)
        : deferred(task.id(), "what it was moved from changed since the plan was made");
  }

  private Outcome index(Task task, Fingerprint bytes) {
    Inventory.Sighting sighting = new Inventory.Sighting(false, task.known());
    return switch (Verdict.byVersion(task.listed(), sighting, shop.rules())) {
      case Verdict.Unchanged unchanged -> Outcome.quiet(task.id(), Tally::unchanged);
      case Verdict.Touched touched -> Outcome.quiet(task.id(), Tally::unchanged);
      case Verdict.Settled settled -> shop.problems().settled(task.id(), settled.problem());
      case Verdict.Work work -> shop.work().decidePlanned(task, bytes);
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
      return deferred(id, INDEX_MOVED_ON);
    }
    if (shop.problems().hold(step.before())) {
      return deferred(id, "a document with the same content has a problem");
    }
    return switch (find(id)) {
      case Answer.There there -> deferred(id, "the source has it again");
      case Answer.Unknown unknown -> deferred(id, unknown.reason());
      case Answer.Gone gone -> Records.deletion(Absent.of(known), step.change().reason());
    };
  }

  private static Outcome deferred(DocumentId id, String reason) {
    return Outcome.deferred(id, Stage.READ, reason);
  }

  /** Fingerprint of the content whose chunks are in the index, or null if none are. */
  static @Nullable Fingerprint bytes(@Nullable DocumentState state) {
    return state == null || state.deleted() || state.indexed() == null
        ? null
        : state.indexed().bytes();
  }
}
