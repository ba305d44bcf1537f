package dev.ragindex.core.source;

import dev.ragindex.api.Source;
import dev.ragindex.tck.SourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceContractTest extends SourceContract {

  @TempDir Path folder;

  @Override
  protected Source open() {
    return FolderSource.of("notes", folder);
  }

  @Override
  protected void write(String key, byte[] bytes) throws IOException {
    Files.createDirectories(folder.resolve(key).getParent());
    Files.write(folder.resolve(key), bytes);
  }

  @Override
  protected void delete(String key) throws IOException {
    Files.delete(folder.resolve(key));
  }

  /** Root reads whatever the permissions say. */
  @Override
  protected boolean hide(String part) throws IOException {
    permit(folder.resolve(part), "---------");
    return !Files.isReadable(folder.resolve(part));
  }

  @AfterEach
  void show() throws IOException {
    if (Files.exists(folder.resolve("a"))) {
      permit(folder.resolve("a"), "rwx------");
    }
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
