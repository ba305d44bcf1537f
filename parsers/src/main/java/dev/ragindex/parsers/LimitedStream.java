package dev.ragindex.parsers;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Stage;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The document's bytes, counted. Tells a source that cannot be read from a document that cannot be
 * parsed: what the source throws becomes a read failure of the budget.
 */
final class LimitedStream extends FilterInputStream {

  private final Budget budget;
  private long count;

  LimitedStream(InputStream in, Budget budget) {
    super(in);
    this.budget = budget;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    budget.checkpoint();
    try {
      int n = super.read(target, offset, length);
      budget.inputBytes(count += Math.max(n, 0));
      return n;
    } catch (IOException e) {
      throw budget.fail(unreadable(e));
    }
  }

  @Override
  public long skip(long wanted) throws IOException {
    byte[] sink = new byte[(int) Math.min(8_192, Math.max(wanted, 1))];
    int n = wanted <= 0 ? 0 : read(sink, 0, (int) Math.min(sink.length, wanted));
    return Math.max(n, 0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  static IndexingException unreadable(IOException e) {
    return new IndexingException(
        Stage.READ, Kind.READ, "cannot be read: " + e.getClass().getSimpleName(), e);
  }
}
