package dev.ragindex.benchmarks.sync;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Signature;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes all bytes for one paragraph of UTF-8, where finding out what they are is not the point. */
final class PlainText implements DocumentParser {

  @Override
  public Signature signature() {
    return Signature.of("plain", 1);
  }

  @Override
  public Signature limits() {
    return Signature.of("no limits", 1);
  }

  @Override
  public Document parse(SourceDocument source) {
    String text = read(source);
    return new Document(
        source.id(),
        text,
        text.length(),
        List.of(new Block(Block.Kind.PARAGRAPH, Block.Layer.BODY, 0, text.length(), 0, 0)),
        null,
        "text/plain",
        Metadata.EMPTY,
        List.of());
  }

  private static String read(SourceDocument source) {
    try (InputStream in = source.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IndexingException(Stage.READ, Kind.READ, "cannot be read", e);
    }
  }
}
