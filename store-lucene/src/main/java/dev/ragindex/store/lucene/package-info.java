/** A vector store in a folder, on Apache Lucene: {@link dev.ragindex.store.lucene.LuceneStore}. */
@NullMarked
package dev.ragindex.store.lucene;

import org.jspecify.annotations.NullMarked;
