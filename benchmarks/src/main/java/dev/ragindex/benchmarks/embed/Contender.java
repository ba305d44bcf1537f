package dev.ragindex.benchmarks.embed;

/**
 * One way to embed the texts of a race.
 *
 * @param name how the table calls it
 * @param embedAll embeds all texts once, as fast as it can, and returns when all are done
 */
record Contender(String name, Runnable embedAll) {}
