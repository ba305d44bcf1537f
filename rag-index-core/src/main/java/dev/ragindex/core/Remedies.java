package dev.ragindex.core;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides how damaged documents become whole again.
 *
 * <p>Vectors that are damaged alone are found or embedded again. Damaged content cannot be trusted
 * in any part, so a document is never patched up from what is left of it: it is read again and
 * written whole if its source can be asked; if not, all its chunks go and a problem stands in their
 * place until the next sync reads it.
 */
final class Remedies {

  private static final String REMOVED =
      "damaged in the index and removed from it; the next sync reads it again";

  private final Snapshot before;
  private final @Nullable Setup setup;
  private final @Nullable Source source;
  private final Clock clock;

  /**
   * Remedies for the documents of a store.
   *
   * @param before the store
   * @param setup makes chunks of documents read again; null without a source
   * @param source where documents can be read again, or null
   */
  Remedies(Snapshot before, @Nullable Setup setup, @Nullable Source source, Clock clock) {
    this.before = before;
    this.setup = setup;
    this.source = source;
    this.clock = clock;
  }

  Remedy remedy(DocumentState state, Damage damage) {
    if (damage.content().isEmpty()) {
      return new Remedy(
          state,
          before.layout(state.id()),
          damage.vectors().stream().map(Damage.Vector::chunk).toList(),
          "%d vectors written again".formatted(damage.vectors().size()),
          true);
    }
    Remedy reread = reread(state);
    return reread == null ? removed(state) : reread;
  }

  /** Reads a document again; null if that does not give what the document was. */
  private @Nullable Remedy reread(DocumentState state) {
    DocumentId id = state.id();
    if (source == null
        || setup == null
        || !source.name().equals(id.source())
        || state.indexed() == null
        || state.problem() != null) {
      return null;
    }
    try {
      SourceDocument listed = source.find(id.key());
      return listed == null ? null : reread(state, listed, setup);
    } catch (IOException | IndexingException | Content.Vanished e) {
      return null; // the next sync finds the same and tells why
    }
  }

  private @Nullable Remedy reread(DocumentState state, SourceDocument listed, Setup ready)
      throws Content.Vanished {
    StageTimes times = new StageTimes();
    Pipeline stages = ready.pipeline();
    try (Content content = Content.read(listed, ready.maxBytes())) {
      Document document = stages.parse(content, times);
      if (document.indexedText().isBlank()) {
        return null; // perhaps suspect, which is for a sync to say
      }
      Prepared prepared = stages.chunk(document, times);
      Indexed indexed = stages.indexed(content, document, prepared.layout().size());
      Metadata metadata = Pipeline.metadata(document, content.metadata());
      return new Remedy(
          new DocumentState(state.id(), indexed, null, metadata, state.sequence(), false),
          prepared.layout(),
          prepared.chunks(),
          "read again and written whole",
          true);
    }
  }

  private Remedy removed(DocumentState state) {
    Indexed indexed = state.indexed();
    Problem problem = state.problem();
    if (problem == null && indexed != null) {
      problem = damaged(indexed.pipeline());
    }
    return new Remedy(
        new DocumentState(
            state.id(), null, problem, state.metadata(), state.sequence(), state.deleted()),
        List.of(),
        List.of(),
        REMOVED,
        false);
  }

  /** Of the kind that any sync tries again. */
  private Problem damaged(Fingerprint signature) {
    return new Problem(
        Stage.STORE, Problem.Kind.READ, REMOVED, null, null, signature, 1, clock.instant());
  }
}
