package dev.ragindex.proof;

import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The kill suite on Lucene, with crashes that spoil every file not synced. */
class LuceneKillTest extends KillContract {

  @TempDir Path folder;
  private final Map<IndexDump, Path> seeds = new IdentityHashMap<>();
  private int places;
  private UncaughtExceptionHandler handler;

  /** Lucene's merges die loudly with their process. */
  @BeforeEach
  void let_merges_die() {
    handler = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, death) -> {});
  }

  @AfterEach
  void hear_again() {
    Thread.setDefaultUncaughtExceptionHandler(handler);
  }

  @Override
  int strideOfManyCommits() {
    return Soak.ON ? 1 : 7;
  }

  @Override
  Place place() {
    return new LucenePlace(folder.resolve("place" + places++), false, new Random(places), seeds);
  }
}
