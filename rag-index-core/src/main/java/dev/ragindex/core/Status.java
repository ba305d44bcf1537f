package dev.ragindex.core;

import dev.ragindex.api.Stage;
import dev.ragindex.api.VectorStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is inside an index.
 *
 * @param documents documents with an indexed version or a problem
 * @param chunks chunks of all sources
 * @param sources names of the sources, sorted
 * @param quarantined documents that are not indexed as they stand
 * @param model name of the embedding model, or null if nothing was embedded yet
 * @param dimension length of each vector, 0 if nothing was embedded yet
 * @param pipeline the chain of stages for a person to read, of the first source, or null
 * @param store facts about the store
 */
public record Status(
    long documents,
    long chunks,
    List<String> sources,
    List<Quarantined> quarantined,
    @Nullable String model,
    int dimension,
    @Nullable String pipeline,
    VectorStore.Info store) {

  /** Copies the lists. */
  public Status {
    sources = List.copyOf(sources);
    quarantined = List.copyOf(quarantined);
  }

  /**
   * A document that is not indexed as it stands.
   *
   * @param source its source
   * @param document its key
   * @param stage where it failed
   * @param reason why
   */
  public record Quarantined(String source, String document, Stage stage, String reason) {}
}
