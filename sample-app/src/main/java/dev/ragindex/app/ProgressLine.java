package dev.ragindex.app;

import dev.ragindex.api.Listing;
import dev.ragindex.api.Source;
import dev.ragindex.core.SyncListener;
import java.io.IOException;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on standard error while a person watches; nothing at all otherwise. */
final class ProgressLine implements SyncListener, AutoCloseable {

  private static final int WIDTH = 99;
  private static final int UPDATE_MILLIS = 250;

  private final @Nullable ProgressBar bar;
  private final long start = System.nanoTime();

  private ProgressLine(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** Starts a bar for a run over a source, if the terminal is one. */
  static ProgressLine on(Terminal terminal, Source source) {
    ProgressLine line = on(terminal, source.name(), -1);
    ProgressBar bar = line.bar;
    if (bar != null) {
      Thread.ofVirtual().start(() -> count(source, bar));
    }
    return line;
  }

  /** Starts a bar, if the terminal is one; -1 documents: not known yet. */
  static ProgressLine on(Terminal terminal, String name, long documents) {
    if (!terminal.interactive()) {
      return new ProgressLine(null);
    }
    return new ProgressLine(
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(documents)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .clearDisplayOnFinish()
            .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), WIDTH))
            .build());
  }

  /** A run lists no faster than it works, so the bar would learn too late how far it has to go. */
  private static void count(Source source, ProgressBar bar) {
    try (Listing listing = source.list()) {
      long documents = 0;
      while (listing.hasNext()) {
        listing.next();
        documents++;
      }
      bar.maxHint(documents);
    } catch (IOException endStaysUnknown) {
      bar.setExtraMessage("");
    }
  }

  @Override
  public void progress(Progress now) {
    if (bar != null) {
      bar.stepTo(now.done());
      bar.setExtraMessage(String.format(Locale.ROOT, " %,d tokens/s", speed(now)));
    }
  }

  private long speed(Progress now) {
    double seconds = Math.max(0.001, (System.nanoTime() - start) / 1e9);
    return Math.round(now.tokensEmbedded() / seconds);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
