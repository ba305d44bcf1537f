/** Sources of documents: folders. */
@NullMarked
package dev.ragindex.core.source;

import org.jspecify.annotations.NullMarked;
