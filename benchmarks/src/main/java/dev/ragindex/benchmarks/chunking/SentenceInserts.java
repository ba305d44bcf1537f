package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Draws single-sentence inserts: real sentences of the documents, put before, between or behind
 * sentences of paragraphs and list items. The JDK says where sentences end, not the chunkers that
 * are measured.
 */
final class SentenceInserts {

  private static final int SHORTEST = 20;
  private static final int LONGEST = 300;

  private final List<Document> documents;
  private final List<String> sentences;
  private final Random random;

  /** Draws from Markdown documents whose text is the file's own. */
  SentenceInserts(List<Document> documents, long seed) {
    this.documents = documents.stream().filter(document -> !places(document).isEmpty()).toList();
    this.sentences = documents.stream().flatMap(SentenceInserts::sentences).toList();
    this.random = new Random(seed);
    if (this.documents.isEmpty() || sentences.isEmpty()) {
      throw new IllegalArgumentException("no sentences in " + documents.size() + " documents");
    }
  }

  /** Draws inserts, equally many for each document. */
  List<Insert> draw(int count) {
    List<Insert> inserts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      inserts.add(drawFor(documents.get(i % documents.size())));
    }
    return inserts;
  }

  private Insert drawFor(Document document) {
    List<Place> places = places(document);
    Place place = places.get(random.nextInt(places.size()));
    String sentence = sentences.get(random.nextInt(sentences.size()));
    return new Insert(document, place.offset, place.last ? " " + sentence : sentence + " ");
  }

  private record Place(int offset, boolean last) {}

  private static List<Place> places(Document document) {
    List<Place> places = new ArrayList<>();
    for (Block block : prose(document)) {
      for (int boundary : boundaries(document, block)) {
        places.add(new Place(boundary, boundary == block.end()));
      }
    }
    return places;
  }

  /** Such as read well in another place: one line, from a letter to a full stop. */
  private static Stream<String> sentences(Document document) {
    List<String> sentences = new ArrayList<>();
    for (Block block : prose(document)) {
      List<Integer> boundaries = boundaries(document, block);
      for (int i = 1; i < boundaries.size(); i++) {
        sentences.add(document.text().substring(boundaries.get(i - 1), boundaries.get(i)).strip());
      }
    }
    return sentences.stream().filter(SentenceInserts::isPlain);
  }

  private static boolean isPlain(String sentence) {
    return sentence.length() >= SHORTEST
        && sentence.length() <= LONGEST
        && sentence.endsWith(".")
        && sentence.indexOf('\n') < 0
        && Character.isLetter(sentence.codePointAt(0));
  }

  /** Paragraphs and list items, but neither front matter nor HTML. */
  private static List<Block> prose(Document document) {
    return document.blocks().stream()
        .filter(block -> block.layer() == Block.Layer.BODY)
        .filter(SentenceInserts::isProse)
        .filter(block -> "<-+".indexOf(document.text().charAt(block.start())) < 0)
        .toList();
  }

  private static boolean isProse(Block block) {
    return block.kind() == Block.Kind.PARAGRAPH || block.kind() == Block.Kind.LIST_ITEM;
  }

  private static List<Integer> boundaries(Document document, Block block) {
    BreakIterator iterator = BreakIterator.getSentenceInstance(Locale.ROOT);
    iterator.setText(document.text().substring(block.start(), block.end()));
    List<Integer> boundaries = new ArrayList<>();
    for (int at = iterator.first(); at != BreakIterator.DONE; at = iterator.next()) {
      boundaries.add(block.start() + at);
    }
    return boundaries;
  }
}
