package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import java.util.HashMap;
import java.util.Map;

/** What an index remembers about itself, and what follows from it. */
final class IndexSettings {

  /** Fingerprint of the embedder's signature. */
  static final String EMBEDDER = "embedder";

  /** The embedder's name, for a person to read. */
  static final String MODEL = "model";

  /** Where a source looks. */
  static final String ROOT = "root";

  /** The chain of stages that last indexed a source, for a person to read. */
  static final String PIPELINE = "pipeline";

  /** Fingerprint of that chain, by which the documents it indexed are told from others. */
  static final String PIPELINE_FINGERPRINT = "pipeline-fingerprint";

  private IndexSettings() {}

  /**
   * Refuses another model than the index was made with.
   *
   * @throws IllegalArgumentException if it is another
   */
  static void requireModel(Snapshot snapshot, Embedder embedder) {
    String remembered = snapshot.settings().index().get(EMBEDDER);
    if (remembered != null && !remembered.equals(embedder.signature().fingerprint().toString())) {
      throw new IllegalArgumentException(
          ("this index was made with the model %s, not %s; its %,d chunks would all have to be"
                  + " embedded again: use the model it was made with, or make another index or"
                  + " collection for the new one")
              .formatted(
                  snapshot.settings().index().get(MODEL),
                  embedder.signature().name(),
                  snapshot.counts().chunks()));
    }
  }

  /**
   * Refuses another root than the source had, unless it is said to have moved.
   *
   * @throws IllegalArgumentException if it is another
   */
  static void requireRoot(Settings settings, Source source, boolean newRoot) {
    String remembered = settings.source(source.name()).get(ROOT);
    if (remembered != null && !remembered.equals(source.root()) && !newRoot) {
      throw new IllegalArgumentException(
          ("the source '%s' is the folder %s in this index, not %s: give this one another source"
                  + " name, or say that the root moved")
              .formatted(source.name(), remembered, source.root()));
    }
  }

  /** The settings as they are to be after a run. */
  static Settings after(
      Settings before, Source source, Pipeline pipeline, Embedder embedder, SyncOptions options) {
    Map<String, String> ofSource = new HashMap<>(options.remember());
    ofSource.put(ROOT, source.root());
    ofSource.put(PIPELINE, pipeline.description());
    ofSource.put(PIPELINE_FINGERPRINT, pipeline.fingerprint().toString());
    return withModel(before, embedder).withSource(source.name(), ofSource);
  }

  /** The settings with the one model an index has. */
  static Settings withModel(Settings before, Embedder embedder) {
    return before
        .withDimension(embedder.dimension())
        .withIndex(
            Map.of(
                EMBEDDER, embedder.signature().fingerprint().toString(),
                MODEL, embedder.signature().name()));
  }
}
