/** A vector store in memory: {@link dev.ragindex.core.memory.InMemoryStore}. */
@NullMarked
package dev.ragindex.core.memory;

import org.jspecify.annotations.NullMarked;
