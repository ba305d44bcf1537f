package dev.ragindex.proof;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/** The kill suite on Lucene, with crashes that spoil every file not synced. */
class LuceneKillTest extends KillContract {

  @TempDir Path folder;
  private int places;

  @Override
  Place place() {
    return new LucenePlace(folder.resolve("place" + places++), false, new Random(places));
  }
}
