package dev.ragindex.parsers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.tika.io.TikaInputStream;

/**
 * Looks through a zipped document (OOXML, ODF, EPUB) before a parser does, with the library the
 * parsers use, so that both see the same. Tika reads a file without its directory as far as it
 * goes, silently, and POI's own guard against zip bombs is switched off by it; here the one is a
 * problem, and the other is stopped by counting what the entries really expand to.
 */
final class ZipCheck {

  /** Small files may expand to this much, whatever the ratio. */
  private static final long FREE = 1 << 20;

  private final Content content;
  private final Budget budget;
  private final Path path;
  private final byte[] sink = new byte[1 << 14];
  private long expanded;

  private ZipCheck(Content content, Budget budget, Path path) {
    this.content = content;
    this.budget = budget;
    this.path = path;
  }

  /** Checks a document that is a zip file and passes every other. */
  static void of(Content content, Budget budget) throws IOException {
    if (isZip(content.stream())) {
      new ZipCheck(content, budget, content.stream().getPath()).run();
    }
  }

  private static boolean isZip(TikaInputStream stream) throws IOException {
    byte[] start = new byte[4];
    return stream.peek(start) == 4
        && start[0] == 'P'
        && start[1] == 'K'
        && start[2] == 3
        && start[3] == 4;
  }

  private void run() {
    try (ZipFile zip = ZipFile.builder().setPath(path).get()) {
      long compressed = Files.size(path);
      int count = 0;
      Enumeration<ZipArchiveEntry> entries = zip.getEntries();
      while (entries.hasMoreElements()) {
        budget.entries(++count);
        expand(zip, entries.nextElement(), compressed);
      }
    } catch (IOException e) {
      throw Budget.content("damaged: the file is cut off or broken (zip directory or entry)", e);
    }
  }

  private void expand(ZipFile zip, ZipArchiveEntry entry, long compressed) throws IOException {
    boolean tree = isHeldAsTree(entry.getName());
    long size = 0;
    try (InputStream in = zip.getInputStream(entry)) {
      for (int n = in.read(sink); n >= 0; n = in.read(sink)) {
        size += n;
        expanded += n;
        require(compressed);
        if (tree) {
          budget.markupBytes(size);
        }
      }
    }
    if (size != entry.getSize()) {
      throw new IOException("an entry has another size than the directory says");
    }
  }

  private void require(long compressed) {
    budget.expandedBytes(expanded);
    if (expanded > FREE) {
      budget.expansion(expanded / Math.max(compressed, 1));
    }
  }

  /** Slides are parsed as trees. */
  private boolean isHeldAsTree(String entry) {
    return content.type().toString().contains("presentationml") && entry.endsWith(".xml");
  }
}
