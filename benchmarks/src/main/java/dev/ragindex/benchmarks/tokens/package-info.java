/** What counting tokens costs. */
@NullMarked
package dev.ragindex.benchmarks.tokens;

import org.jspecify.annotations.NullMarked;
