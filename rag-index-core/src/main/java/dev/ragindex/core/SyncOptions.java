package dev.ragindex.core;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to run a sync or plan.
 *
 * @param allowDeletes most documents that may be deleted, in place of the guard; more than that and
 *     none is. Null: the guard withholds all deletions once they are more than 10 and more than 10
 *     % of the source, or the source lists nothing
 * @param maxEmbeddedTokens most tokens that may be embedded; null for no limit
 * @param newRoot whether the source may stand elsewhere than before
 * @param retry whether documents with problems are tried again, whatever the problem
 * @param accepted keys of documents that are indexed as they stand, however suspect
 * @param remember what to keep with the source's settings for the application's own use
 * @param listener is told of progress
 * @param exact of a plan: whether what would change is parsed and cut, so that tokens and chunks
 *     are counted instead of estimated
 */
public record SyncOptions(
    @Nullable Integer allowDeletes,
    @Nullable Long maxEmbeddedTokens,
    boolean newRoot,
    boolean retry,
    Set<String> accepted,
    Map<String, String> remember,
    SyncListener listener,
    boolean exact) {

  /** Guard on, no ceiling, same root, nobody listens. */
  public static final SyncOptions DEFAULT =
      new SyncOptions(null, null, false, false, Set.of(), Map.of(), progress -> {}, false);

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if a ceiling is negative
   */
  public SyncOptions {
    if (allowDeletes != null && allowDeletes < 0) {
      throw new IllegalArgumentException("deletions to allow: " + allowDeletes);
    }
    if (maxEmbeddedTokens != null && maxEmbeddedTokens < 0) {
      throw new IllegalArgumentException("tokens to embed at most: " + maxEmbeddedTokens);
    }
    accepted = Set.copyOf(accepted);
    remember = Map.copyOf(remember);
  }

  /**
   * Replaces the guard by a ceiling.
   *
   * @param most most documents that may be deleted
   * @return new options
   */
  public SyncOptions allowDeletes(int most) {
    return new SyncOptions(
        most, maxEmbeddedTokens, newRoot, retry, accepted, remember, listener, exact);
  }

  /**
   * Limits what a run may cost. A document whose texts would take more than what is left is
   * deferred, and so is from then on every one that needs embedding; all else goes on, and the next
   * run takes up the rest.
   *
   * @param most most tokens, as the model counts them
   * @return new options
   */
  public SyncOptions maxEmbeddedTokens(long most) {
    return new SyncOptions(allowDeletes, most, newRoot, retry, accepted, remember, listener, exact);
  }

  /**
   * Accepts another root under the same source name.
   *
   * @return new options
   */
  public SyncOptions acceptNewRoot() {
    return new SyncOptions(
        allowDeletes, maxEmbeddedTokens, true, retry, accepted, remember, listener, exact);
  }

  /**
   * Tries every document with a problem again, although neither it nor its stage changed.
   *
   * @return new options
   */
  public SyncOptions retryProblems() {
    return new SyncOptions(
        allowDeletes, maxEmbeddedTokens, newRoot, true, accepted, remember, listener, exact);
  }

  /**
   * Accepts documents whose text all but vanished: they are indexed as they stand.
   *
   * @param keys the documents' keys, in addition to those accepted before
   * @return new options
   */
  public SyncOptions accept(String... keys) {
    Set<String> all = new HashSet<>(accepted);
    all.addAll(List.of(keys));
    return new SyncOptions(
        allowDeletes, maxEmbeddedTokens, newRoot, retry, all, remember, listener, exact);
  }

  /**
   * Keeps an application's own settings with the source.
   *
   * @param settings key to value
   * @return new options
   */
  public SyncOptions remember(Map<String, String> settings) {
    return new SyncOptions(
        allowDeletes, maxEmbeddedTokens, newRoot, retry, accepted, settings, listener, exact);
  }

  /**
   * Asks to be told of progress.
   *
   * @param newListener is called from several threads
   * @return new options
   */
  public SyncOptions listener(SyncListener newListener) {
    return new SyncOptions(
        allowDeletes, maxEmbeddedTokens, newRoot, retry, accepted, remember, newListener, exact);
  }

  /**
   * Asks for an exact plan, which takes a sync's time but for embedding and writing. With a chunker
   * that embeds to cut, a plan stays an estimate and says so.
   *
   * @return new options
   */
  public SyncOptions exactly() {
    return new SyncOptions(
        allowDeletes, maxEmbeddedTokens, newRoot, retry, accepted, remember, listener, true);
  }
}
