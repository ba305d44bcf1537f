package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;

/**
 * One sentence that is put into a document.
 *
 * @param document the document before
 * @param offset where the sentence goes
 * @param words the sentence with the space that separates it
 */
record Insert(Document document, int offset, String words) {

  /** The document after, parsed from its new Markdown. */
  Document apply(DocumentParser parser) {
    String text = new StringBuilder(document.text()).insert(offset, words).toString();
    return parser.parse(new MarkdownFile(document.id().key(), text));
  }
}
