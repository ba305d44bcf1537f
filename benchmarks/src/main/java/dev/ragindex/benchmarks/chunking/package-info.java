/** The figures of chunking: what edits cost, what retrieval finds, how long cutting takes. */
@NullMarked
package dev.ragindex.benchmarks.chunking;

import org.jspecify.annotations.NullMarked;
