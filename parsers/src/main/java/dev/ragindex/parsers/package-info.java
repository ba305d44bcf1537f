/**
 * Turns files into documents. {@link dev.ragindex.parsers.TikaParser} detects the type and hands
 * the bytes to one reader per format; {@link dev.ragindex.parsers.ParserLimits} says what a parse
 * may use at most.
 */
@NullMarked
package dev.ragindex.parsers;

import org.jspecify.annotations.NullMarked;
