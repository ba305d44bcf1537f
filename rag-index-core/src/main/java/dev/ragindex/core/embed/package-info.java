/** An embedder without a model, for tests and load runs. */
@NullMarked
package dev.ragindex.core.embed;

import org.jspecify.annotations.NullMarked;
