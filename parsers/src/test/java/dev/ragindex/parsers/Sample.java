package dev.ragindex.parsers;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.SourceDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document to parse, its bytes in memory, and how to look at what came out. */
record Sample(String name, byte[] bytes) implements SourceDocument {

  private static final TikaParser PARSER = TikaParser.create();

  static Sample of(String name, String text) {
    return new Sample(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A file of {@code src/test/resources}. */
  static Sample resource(String name) {
    try (InputStream in = Sample.class.getResourceAsStream("/" + name)) {
      return new Sample(name, in.readAllBytes());
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  Sample cutTo(int length) {
    return new Sample(name, Arrays.copyOf(bytes, length));
  }

  Document parse() {
    return PARSER.parse(this);
  }

  /** Blocks as {@code BODY HEADING 1: text}, the layer left out for the body. */
  static List<String> show(Document document) {
    return document.blocks().stream().map(block -> show(document, block)).toList();
  }

  private static String show(Document document, Block block) {
    String layer = block.layer() == Block.Layer.BODY ? "" : block.layer() + " ";
    String level = block.level() == 0 ? "" : " " + block.level();
    String page = block.page() == 0 ? "" : " p" + block.page();
    return layer + block.kind() + level + page + ": " + text(document, block);
  }

  static String text(Document document, Block block) {
    return document.text().substring(block.start(), block.end());
  }

  @Override
  public DocumentId id() {
    return new DocumentId("samples", name.isEmpty() ? "unnamed" : name);
  }

  @Override
  public @Nullable String version() {
    return null;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public Metadata metadata() {
    return Metadata.EMPTY;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }
}
