package dev.ragindex.benchmarks.speed;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.tokens.BytePairCounter;
import dev.ragindex.tokens.WordPieceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** In what the size of chunks is measured. */
public enum Counting {
  /** Tokens of OpenAI's embedding models. */
  CL100K(512),
  /** Tokens of OpenAI's newer language models. */
  O200K(512),
  /** Tokens of all-MiniLM-L6-v2. */
  WORD_PIECE(512),
  /** UTF-16 units. */
  CHARACTERS(2_000);

  private static final String WORD_PIECE_FILE = "/all-minilm-l6-v2-q-tokenizer.json";

  private final int max;

  Counting(int max) {
    this.max = max;
  }

  /** Most of a chunk: about as much text in all of them. */
  int max() {
    return max;
  }

  /** Our limits of that size. */
  ChunkLimits limits() {
    return ChunkLimits.of(max);
  }

  /** A counter that has met no text. */
  TokenCounter counter() {
    return switch (this) {
      case CL100K -> BytePairCounter.cl100k();
      case O200K -> BytePairCounter.o200k();
      case WORD_PIECE -> wordPiece();
      case CHARACTERS -> new Characters();
    };
  }

  /** jtokkit's name of it; it knows OpenAI's only. */
  EncodingType encodingType() {
    return switch (this) {
      case CL100K -> EncodingType.CL100K_BASE;
      case O200K -> EncodingType.O200K_BASE;
      case WORD_PIECE, CHARACTERS ->
          throw new IllegalStateException("jtokkit does not count " + this);
    };
  }

  /** jtokkit's counter. */
  Encoding encoding() {
    return Encodings.newLazyEncodingRegistry().getEncoding(encodingType());
  }

  private static TokenCounter wordPiece() {
    try (InputStream in = Counting.class.getResourceAsStream(WORD_PIECE_FILE)) {
      if (in == null) {
        throw new IllegalStateException(WORD_PIECE_FILE + " is not on the class path");
      }
      return WordPieceTokenizer.read(in).counter();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Characters() implements TokenCounter {
    @Override
    public String name() {
      return "characters";
    }

    @Override
    public int count(CharSequence text, int start, int end) {
      return end - start;
    }
  }
}
