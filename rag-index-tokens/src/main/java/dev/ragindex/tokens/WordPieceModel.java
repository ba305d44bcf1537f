package dev.ragindex.tokens;

/**
 * What a pass over a text needs to know.
 *
 * @param characters what becomes of each character
 * @param addedTokens tokens recognised before words
 * @param trie the vocabulary
 * @param unknown id of a word that cannot be cut into pieces
 * @param longestWord most code points of a normalised word that is not unknown by its length
 */
record WordPieceModel(
    BertCharacters characters,
    AddedTokens addedTokens,
    PieceTrie trie,
    int unknown,
    int longestWord) {}
