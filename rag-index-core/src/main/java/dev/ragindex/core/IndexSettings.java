package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an index remembers about itself, and what follows from it. */
final class IndexSettings {

  /** Fingerprint of the embedder's signature. */
  static final String EMBEDDER = "embedder";

  /** The embedder's name, for a person to read. */
  static final String MODEL = "model";

  /** Vectors of a few known texts, which tell whether the model is still the same. */
  static final String CANARIES = "canaries";

  /** Where a source looks. */
  static final String ROOT = "root";

  /** The chain of stages that last indexed a source, for a person to read. */
  static final String PIPELINE = "pipeline";

  /** With a pipeline's fingerprint behind it: its {@link Chain}, to tell later what changed. */
  private static final String CHAIN = "pipeline.";

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

  /** The chains that documents of a source were indexed by, by their fingerprints. */
  static Map<Fingerprint, Chain> chains(Settings settings, String source) {
    Map<Fingerprint, Chain> chains = new HashMap<>();
    settings
        .source(source)
        .forEach(
            (key, value) -> {
              if (key.startsWith(CHAIN)) {
                chains.put(Fingerprint.parse(key.substring(CHAIN.length())), Chain.parse(value));
              }
            });
    return chains;
  }

  /**
   * The settings as they are to be after a run.
   *
   * @param ofSource what else to remember of the source
   */
  static Settings after(
      Settings before,
      String source,
      Map<String, String> ofSource,
      Pipeline pipeline,
      Embedder embedder) {
    Map<String, String> more = new HashMap<>(ofSource);
    more.put(PIPELINE, pipeline.description());
    more.put(CHAIN + pipeline.fingerprint(), pipeline.chain().toString());
    return before
        .withDimension(embedder.dimension())
        .withIndex(
            Map.of(
                EMBEDDER, embedder.signature().fingerprint().toString(),
                MODEL, embedder.signature().name()))
        .withSource(source, more);
  }

  /** Forgets the chains of a source that none of its documents was indexed by. */
  static Settings pruned(Settings settings, String source, Set<Fingerprint> inUse) {
    SortedMap<String, String> kept = new TreeMap<>(settings.source(source));
    for (Fingerprint pipeline : chains(settings, source).keySet()) {
      if (!inUse.contains(pipeline)) {
        kept.remove(CHAIN + pipeline);
      }
    }
    SortedMap<String, SortedMap<String, String>> all = new TreeMap<>(settings.sources());
    all.put(source, kept);
    return new Settings(settings.dimension(), settings.index(), all);
  }
}
