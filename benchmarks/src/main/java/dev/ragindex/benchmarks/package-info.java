/** Benchmarks; each claim of speed runs its competitor in the same run. */
@NullMarked
package dev.ragindex.benchmarks;

import org.jspecify.annotations.NullMarked;
