package dev.ragindex.core;

import dev.ragindex.api.Stage;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run did, or what a plan would do. Every listed document is counted exactly once: {@code
 * listed} is the sum of {@code added} to {@code deferred}.
 *
 * @param source the source's name
 * @param listed documents the source listed
 * @param added documents that came into the index
 * @param updated documents whose chunks changed
 * @param patched documents whose record alone changed
 * @param moved documents that have another key than before
 * @param unchanged documents as they were; a touched file is unchanged
 * @param quarantined documents that are not indexed as they stand
 * @param suspect documents whose text all but vanished; the old version stays
 * @param deferred documents left to the next run: they vanished meanwhile, would have cost more
 *     than the ceiling, or the run was cancelled before they were done
 * @param deleted documents that left the index
 * @param withheld deletions that were not carried out
 * @param excluded files and folders left out on purpose
 * @param uncovered parts of the source that could not be listed
 * @param chunks what happened to chunks
 * @param tokens what embedding took
 * @param cacheHits chunks that took a vector computed earlier in the same run
 * @param changes each change, in no particular order
 * @param failures why documents are not indexed as they stand, and parts could not be listed
 * @param total wall-clock time
 * @param busy time spent in each stage, summed over threads
 */
public record SyncReport(
    String source,
    long listed,
    long added,
    long updated,
    long patched,
    long moved,
    long unchanged,
    long quarantined,
    long suspect,
    long deferred,
    long deleted,
    long withheld,
    long excluded,
    long uncovered,
    Chunks chunks,
    Tokens tokens,
    long cacheHits,
    List<Change> changes,
    List<Failure> failures,
    Duration total,
    Map<Stage, Duration> busy) {

  /**
   * Copies the lists and checks the sum.
   *
   * @throws IllegalStateException if a listed document was lost or counted twice
   */
  public SyncReport {
    long sum = added + updated + patched + moved + unchanged + quarantined + suspect + deferred;
    if (sum != listed) {
      throw new IllegalStateException(
          "%s: %d documents listed, %d accounted for".formatted(source, listed, sum));
    }
    changes = List.copyOf(changes);
    failures = List.copyOf(failures);
    Map<Stage, Duration> copy = new EnumMap<>(Stage.class);
    copy.putAll(busy);
    busy = Collections.unmodifiableMap(copy);
  }

  /**
   * Says whether nothing is left for a person to look at.
   *
   * @return false if a document has a problem, is suspect or deferred, a deletion was withheld, or
   *     a part could not be listed
   */
  public boolean clean() {
    return quarantined + suspect + deferred + withheld + uncovered == 0;
  }

  /**
   * What happened to chunks.
   *
   * @param embedded chunks for which a vector was computed
   * @param reused chunks of changed documents whose vector was there already
   * @param removed chunks that left the index
   * @param total chunks that the source has afterwards; of a run over some documents, that these
   *     have
   */
  public record Chunks(long embedded, long reused, long removed, long total) {}

  /**
   * What embedding took.
   *
   * @param embedded tokens of the texts that were embedded (in the forecast of an exact plan: that
   *     would be), as the model counts them, with those that a {@link
   *     dev.ragindex.core.chunk.EmbeddingChunker} embedded to cut
   * @param estimated tokens that embedding is expected to take, before it is done: the whole text
   *     of documents that change, twice if the chunker embeds, too
   * @param exact whether the figure was counted, not estimated from sizes
   */
  public record Tokens(long embedded, long estimated, boolean exact) {}

  /**
   * Why a document is not indexed as it stands.
   *
   * @param document the document's key, or the prefix of a part that could not be listed
   * @param stage where it failed
   * @param reason for a person to read; never document text
   */
  public record Failure(String document, Stage stage, String reason) {}
}
