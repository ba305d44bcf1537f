package dev.ragindex.core;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Signature;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paragraphs between blank lines; a text that starts with "!" is damaged, one with "?" a bug. */
final class ParagraphParser implements DocumentParser {

  private static final Pattern PARAGRAPH = Pattern.compile("(?s)\\S.*?(?=\\n\\n|\\z)");
  private final int version;
  private final int limits;

  ParagraphParser(int version) {
    this(version, 1);
  }

  ParagraphParser(int version, int limits) {
    this.version = version;
    this.limits = limits;
  }

  @Override
  public Signature signature() {
    return Signature.of("paragraphs", version);
  }

  @Override
  public Signature limits() {
    return Signature.of("paragraph-limits", limits);
  }

  @Override
  public Document parse(SourceDocument source) {
    String text = read(source);
    if (text.startsWith("!")) {
      throw new IndexingException(Stage.PARSE, IndexingException.Kind.CONTENT, "damaged");
    }
    if (text.startsWith("?")) {
      throw new IllegalStateException("a bug near: " + text);
    }
    List<Block> blocks = new ArrayList<>();
    Matcher paragraphs = PARAGRAPH.matcher(text);
    while (paragraphs.find()) {
      boolean heading = paragraphs.group().startsWith("# ");
      blocks.add(
          new Block(
              heading ? Block.Kind.HEADING : Block.Kind.PARAGRAPH,
              Block.Layer.BODY,
              paragraphs.start(),
              paragraphs.end(),
              heading ? 1 : 0,
              0));
    }
    return new Document(
        source.id(), text, text.length(), blocks, null, "text/plain", Metadata.EMPTY, List.of());
  }

  private static String read(SourceDocument source) {
    try (var in = source.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
