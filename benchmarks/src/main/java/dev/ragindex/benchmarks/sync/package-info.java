/** Figures of syncing: what a run with nothing to do costs, and what grows with the corpus. */
@NullMarked
package dev.ragindex.benchmarks.sync;

import org.jspecify.annotations.NullMarked;
