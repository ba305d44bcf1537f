package com.example;

import static dev.ragindex.api.Filter.eq;

import dev.ragindex.api.SearchRequest;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncReport;
import dev.ragindex.core.source.FolderSource;
import dev.ragindex.embedder.onnx.OnnxEmbedder;
import dev.ragindex.parsers.TikaParser;
import dev.ragindex.store.lucene.LuceneStore;
import java.nio.file.Path;

/** Indexes a folder and asks it a question. */
public final class Handbook {

  private Handbook() {}

  /**
   * Runs the program.
   *
   * @param args the folder
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    try (var index =
        RagIndex.builder()
            .store(LuceneStore.at(Path.of("handbook.index")))
            .parser(TikaParser.create())
            .embedder(OnnxEmbedder.miniLm())
            .build()) {
      SyncReport report = index.sync(FolderSource.of("handbook", folder));
      System.out.println(report.added() + " added, " + report.chunks().embedded() + " embedded");
      index
          .search(SearchRequest.of("How many days of leave?").top(5).where(eq("extension", "md")))
          .forEach(
              hit -> System.out.println(hit.score() + " " + hit.document() + " " + hit.text()));
    }
  }
}
