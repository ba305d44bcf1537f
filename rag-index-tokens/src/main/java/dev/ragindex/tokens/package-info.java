/**
 * Exact token counters in pure Java. {@link dev.ragindex.tokens.WordPieceTokenizer} serves the
 * models of the BERT family, {@link dev.ragindex.tokens.BytePairCounter} those of OpenAI.
 */
@NullMarked
package dev.ragindex.tokens;

import org.jspecify.annotations.NullMarked;
