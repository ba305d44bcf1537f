package dev.ragindex.app;

import dev.ragindex.core.SyncListener;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on standard error while a person watches; nothing at all otherwise. */
final class ProgressLine implements SyncListener, AutoCloseable {

  private static final int WIDTH = 79;
  private static final int UPDATE_MILLIS = 250;

  private final @Nullable ProgressBar bar;
  private final long start = System.nanoTime();

  private ProgressLine(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** Starts a bar, if the terminal is one. */
  static ProgressLine on(Terminal terminal) {
    return new ProgressLine(terminal.interactive() ? bar(terminal) : null);
  }

  private static ProgressBar bar(Terminal terminal) {
    return new ProgressBarBuilder()
        .setTaskName("documents")
        .setInitialMax(-1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .showSpeed()
        .clearDisplayOnFinish()
        .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), WIDTH))
        .build();
  }

  @Override
  public void progress(Progress now) {
    if (bar != null) {
      bar.maxHint(now.listingDone() ? now.listed() : -1);
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
