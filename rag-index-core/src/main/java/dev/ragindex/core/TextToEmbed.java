package dev.ragindex.core;

/**
 * A text on its way to the embedder.
 *
 * @param text exactly what is sent
 * @param tokens its tokens, as the embedder counts them
 */
record TextToEmbed(String text, int tokens) {}
