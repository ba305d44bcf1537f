package dev.ragindex.benchmarks.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.SourceDocument;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A text of one megabyte in sentences and paragraphs of uneven length.
 *
 * @param id the document
 * @param text its text
 */
record LargeText(DocumentId id, String text) implements SourceDocument {

  private static final int CHARACTERS = 1_000_000;
  private static final String[] WORDS =
      "the river boat is slow and green when long winters end with letters about old bridges"
          .split(" ", -1);

  /** The text of a number, behind what was put in front of it. */
  static LargeText of(int number, String opening) {
    Random random = new Random(number);
    StringBuilder text = new StringBuilder(opening);
    while (text.length() < CHARACTERS) {
      for (int sentence = 2 + random.nextInt(6); sentence > 0; sentence--) {
        for (int word = 4 + random.nextInt(14); word > 0; word--) {
          text.append(WORDS[random.nextInt(WORDS.length)]).append(word > 1 ? " " : ". ");
        }
      }
      text.append("\n\n");
    }
    return new LargeText(new DocumentId("large", number + ".txt"), text.toString());
  }

  @Override
  public String name() {
    return id.key();
  }

  @Override
  public @Nullable String version() {
    return null;
  }

  @Override
  public long size() {
    return text.length();
  }

  @Override
  public Metadata metadata() {
    return Metadata.EMPTY;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
