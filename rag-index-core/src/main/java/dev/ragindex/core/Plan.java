package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a sync would do now, to be looked at and, with {@link RagIndex#apply}, carried out later, in
 * another process if need be. A plan is a value: it holds neither documents nor their text.
 *
 * @param basis what it was made with and against
 * @param steps each change, those withheld included, in the order of the documents' ids
 * @param withheld why deletions are withheld; null if none is
 * @param forecast the report as far as it can be foreseen. Of an exact plan its counts of
 *     documents, chunks and tokens are those that a sync would report; else tokens are an estimate
 *     and chunks are counted for deletions only
 */
public record Plan(
    Basis basis, List<Step> steps, @Nullable Withheld withheld, SyncReport forecast) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if a document is of another source, or the steps are not in
   *     the order of their documents, each once
   */
  public Plan {
    steps = List.copyOf(steps);
    for (int i = 0; i < steps.size(); i++) {
      DocumentId document = steps.get(i).change().document();
      if (!document.source().equals(basis.source())
          || (i > 0 && document.compareTo(steps.get(i - 1).change().document()) <= 0)) {
        throw new IllegalArgumentException(document + " is of another source, or out of order");
      }
    }
  }

  /**
   * Each change that a sync would make.
   *
   * @return the changes, those withheld included, in the order of the documents' ids
   */
  public List<Change> changes() {
    return steps.stream().map(Step::change).toList();
  }

  /**
   * What a plan was made with and against. It is applied to nothing else.
   *
   * @param source the source's name
   * @param root where the source looks
   * @param newRoot whether the source was allowed to stand elsewhere than before
   * @param accepted keys of documents that are indexed as they stand, however suspect
   * @param maxEmbeddedTokens most tokens that may be embedded; null for no limit. The forecast is
   *     of all there is to do, a run leaves what is over the ceiling to the next one
   * @param embedder fingerprint of the embedder's signature
   * @param pipeline fingerprint of the chain of stages, the embedder's included
   * @param stages that chain for a person to read
   * @param revision the store's revision; an index that is at an earlier one is another
   */
  public record Basis(
      String source,
      String root,
      boolean newRoot,
      SortedSet<String> accepted,
      @Nullable Long maxEmbeddedTokens,
      Fingerprint embedder,
      Fingerprint pipeline,
      String stages,
      long revision) {
    /** Copies the keys. */
    public Basis {
      accepted = Collections.unmodifiableSortedSet(new TreeSet<>(accepted));
    }
  }

  /**
   * One change, and what was seen when it was planned.
   *
   * @param change what happens to the document and why
   * @param bytes fingerprint of the content that the source had; null for a deletion
   * @param before fingerprint of the content that the index had under this key; null for none
   * @param tokens tokens that embedding takes, counted or estimated as in the forecast
   */
  public record Step(
      Change change, @Nullable Fingerprint bytes, @Nullable Fingerprint before, long tokens) {
    /**
     * Checks that what is to be written was seen.
     *
     * @throws IllegalArgumentException if it was not
     */
    public Step {
      if ((bytes == null) != (change.kind() == Change.Kind.DELETE)) {
        throw new IllegalArgumentException(
            change.document() + ": " + change.kind().label() + " with content " + bytes);
      }
    }
  }
}
