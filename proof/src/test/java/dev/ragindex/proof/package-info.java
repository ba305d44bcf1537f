/**
 * The proof that an index survives: runs are killed before and after every operation, media fail at
 * every call, writers race, random histories are held against a plain map. See docs/guarantees.md.
 */
package dev.ragindex.proof;
