package dev.ragindex.store.lucene;

import dev.ragindex.tck.FailingMediumContract.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/** A folder whose disk fails when told to. */
final class FailingDirectory extends FilterDirectory {

  private final Faults faults;

  private FailingDirectory(Directory directory, Faults faults) {
    super(directory);
    this.faults = faults;
  }

  static Directory open(Path folder, Faults faults) throws IOException {
    return new FailingDirectory(FSDirectory.open(folder), faults);
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    faults.check();
    return new FailingOutput(super.createOutput(name, context));
  }

  @Override
  public void sync(Collection<String> names) throws IOException {
    faults.check();
    super.sync(names);
  }

  @Override
  public void syncMetaData() throws IOException {
    faults.check();
    super.syncMetaData();
  }

  @Override
  public void rename(String from, String to) throws IOException {
    faults.check();
    super.rename(from, to);
  }

  /** Fails when a file is written to or closed. */
  private final class FailingOutput extends FilterIndexOutput {

    FailingOutput(IndexOutput out) {
      super("failing " + out, out.getName(), out);
    }

    @Override
    public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
      faults.check();
      super.writeBytes(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      try {
        faults.check();
      } finally {
        super.close();
      }
    }
  }
}
