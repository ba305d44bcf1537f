package dev.ragindex.tokens;

/**
 * Settings of BERT's normaliser, as a tokenizer.json gives them.
 *
 * @param cleanText removes control, format and private-use characters
 * @param ideographsApart makes each Chinese ideograph a word of its own
 * @param stripAccents decomposes and removes non-spacing marks
 * @param lowerCase lowers case
 */
record BertOptions(
    boolean cleanText, boolean ideographsApart, boolean stripAccents, boolean lowerCase) {}
