package dev.ragindex.proof;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/**
 * A folder as a mortal process has it: once its life is over, nothing changes there any more. If
 * asked to, each call that changes the folder is itself a chance to die.
 */
final class MortalDirectory extends FilterDirectory {

  private final Lifetime life;
  private final boolean step;

  MortalDirectory(Directory directory, Lifetime life, boolean step) {
    super(directory);
    this.life = life;
    this.step = step;
  }

  /** Throws what Lucene expects of a disk, so that it winds down as it does when one fails. */
  private void live() throws IOException {
    if (step && !life.over()) {
      try {
        life.step();
      } catch (Killed e) {
        throw new IOException(e);
      }
    }
    if (life.over()) {
      throw new IOException("dead");
    }
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    live();
    return new MortalOutput(super.createOutput(name, context));
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
      throws IOException {
    live();
    return new MortalOutput(super.createTempOutput(prefix, suffix, context));
  }

  @Override
  public void sync(Collection<String> names) throws IOException {
    live();
    super.sync(names);
    live();
  }

  @Override
  public void syncMetaData() throws IOException {
    live();
    super.syncMetaData();
    live();
  }

  @Override
  public void rename(String from, String to) throws IOException {
    live();
    super.rename(from, to);
    live();
  }

  @Override
  public void deleteFile(String name) throws IOException {
    live();
    super.deleteFile(name);
  }

  private final class MortalOutput extends FilterIndexOutput {

    MortalOutput(IndexOutput out) {
      super("mortal " + out, out.getName(), out);
    }

    @Override
    public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
      if (life.over()) {
        throw new IOException("dead");
      }
      super.writeBytes(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      try {
        live();
      } finally {
        super.close();
      }
    }
  }
}
