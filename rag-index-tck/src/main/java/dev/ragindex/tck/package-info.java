/**
 * The contracts of rag-index as runnable tests. An adapter's test is an almost empty subclass:
 *
 * <pre>{@code
 * class LuceneStoreTest extends VectorStoreContract {
 *   @TempDir Path folder;
 *
 *   @Override
 *   protected VectorStore open() {
 *     return LuceneStore.at(folder);
 *   }
 * }
 * }</pre>
 *
 * <p>{@link dev.ragindex.tck.EmbeddingsServer} stands in for a remote model, with all its moods.
 */
@NullMarked
package dev.ragindex.tck;

import org.jspecify.annotations.NullMarked;
