/** What local embedding gets out of a machine, beside what others get. */
@NullMarked
package dev.ragindex.benchmarks.embed;

import org.jspecify.annotations.NullMarked;
