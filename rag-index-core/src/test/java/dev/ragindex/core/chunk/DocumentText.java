package dev.ragindex.core.chunk;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import java.util.ArrayList;
import java.util.List;

/** Builds a document block by block. */
final class DocumentText {

  private final StringBuilder text = new StringBuilder();
  private final List<Block> blocks = new ArrayList<>();
  private int page;

  DocumentText page(int newPage) {
    page = newPage;
    return this;
  }

  DocumentText add(Block.Kind kind, String block) {
    return add(kind, 0, block);
  }

  DocumentText add(Block.Kind kind, int level, String block) {
    int start = text.length();
    text.append(block);
    blocks.add(new Block(kind, Block.Layer.BODY, start, text.length(), level, page));
    text.append("\n\n");
    return this;
  }

  Document document() {
    return Texts.document(text.toString(), blocks);
  }
}
