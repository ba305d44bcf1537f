package dev.ragindex.benchmarks.chunking;

import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Prints sections of text and tables as Markdown. */
record FigurePrinter(PrintStream out) {

  /** What the figures were taken from and on; times mean nothing without. */
  void conditions(FigureData data) {
    out.printf(
        Locale.ROOT,
        "%s, Java %s, %s, %d processors. %d corpora with %d questions, %d commits, %d other"
            + " documents; %,d characters, each document once.%n%n",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.version().feature(),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        data.corpora().size(),
        data.questions().size(),
        data.edits().size(),
        data.more().size(),
        data.documents().stream().mapToLong(document -> document.text().length()).sum());
  }

  void section(String title) {
    out.println("## " + title + "\n");
  }

  void text(String text) {
    out.println(text + "\n");
  }

  void table(MarkdownTable table) {
    out.println(table);
  }
}
