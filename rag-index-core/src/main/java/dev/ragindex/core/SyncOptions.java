package dev.ragindex.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to run a sync or plan.
 *
 * @param allowDeletes most documents that may be deleted, in place of the guard; more than that and
 *     none is. Null: the guard withholds all deletions once they are more than 10 and more than 10
 *     % of the source, or the source lists nothing
 * @param newRoot whether the source may stand elsewhere than before
 * @param remember what to keep with the source's settings for the application's own use
 * @param listener is told of progress
 * @param exact of a plan: whether what would change is parsed and cut, so that tokens and chunks
 *     are counted instead of estimated
 */
public record SyncOptions(
    @Nullable Integer allowDeletes,
    boolean newRoot,
    Map<String, String> remember,
    SyncListener listener,
    boolean exact) {

  /** Guard on, same root, nobody listens. */
  public static final SyncOptions DEFAULT =
      new SyncOptions(null, false, Map.of(), progress -> {}, false);

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if the number of deletions is negative
   */
  public SyncOptions {
    if (allowDeletes != null && allowDeletes < 0) {
      throw new IllegalArgumentException("deletions to allow: " + allowDeletes);
    }
    remember = Map.copyOf(remember);
  }

  /**
   * Replaces the guard by a ceiling.
   *
   * @param most most documents that may be deleted
   * @return new options
   */
  public SyncOptions allowDeletes(int most) {
    return new SyncOptions(most, newRoot, remember, listener, exact);
  }

  /**
   * Accepts another root under the same source name.
   *
   * @return new options
   */
  public SyncOptions acceptNewRoot() {
    return new SyncOptions(allowDeletes, true, remember, listener, exact);
  }

  /**
   * Keeps an application's own settings with the source.
   *
   * @param settings key to value
   * @return new options
   */
  public SyncOptions remember(Map<String, String> settings) {
    return new SyncOptions(allowDeletes, newRoot, settings, listener, exact);
  }

  /**
   * Asks to be told of progress.
   *
   * @param newListener is called from several threads
   * @return new options
   */
  public SyncOptions listener(SyncListener newListener) {
    return new SyncOptions(allowDeletes, newRoot, remember, newListener, exact);
  }

  /**
   * Asks for an exact plan, which takes a sync's time but for embedding and writing. With a chunker
   * that embeds to cut, a plan stays an estimate and says so.
   *
   * @return new options
   */
  public SyncOptions exactly() {
    return new SyncOptions(allowDeletes, newRoot, remember, listener, true);
  }
}
