/** How fast documents are cut, beside other splitters, counters and sentence iterators. */
@NullMarked
package dev.ragindex.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
