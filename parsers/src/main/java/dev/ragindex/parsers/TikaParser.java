package dev.ragindex.parsers;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.Signature;
import dev.ragindex.api.SourceDocument;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.tika.Tika;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/**
 * Parses files of all kinds: HTML with jsoup, Markdown with commonmark-java, plain text and source
 * code as they stand, PDF, office documents, e-books and e-mail with Apache Tika.
 *
 * <pre>{@code
 * DocumentParser parser = TikaParser.create();
 * Document document = parser.parse(source.find("handbook.pdf"));
 * }</pre>
 *
 * <p>The type is detected from content and file name; text named as some kind of text is of that
 * kind. A type that holds no text (images, archives, programs) is a content problem, as is a
 * document that is encrypted, damaged, or larger than its {@link ParserLimits}; an empty file is an
 * empty document. Each parse runs on a thread of its own and is given up when its time is over.
 * Thread-safe; one parser serves a whole application.
 */
public final class TikaParser implements DocumentParser {

  private static final int VERSION = 3;

  private final ParserLimits limits;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Formats formats;

  private TikaParser(ParserLimits limits) {
    this.limits = limits;
  }

  /**
   * A parser with default limits.
   *
   * @return the parser
   */
  public static TikaParser create() {
    return create(ParserLimits.DEFAULT);
  }

  /**
   * A parser with other limits.
   *
   * @param limits what one parse may use at most
   * @return the parser
   */
  public static TikaParser create(ParserLimits limits) {
    return new TikaParser(limits);
  }

  @Override
  public Signature signature() {
    return Signature.of("tika", VERSION).with("tika", Tika.getString());
  }

  @Override
  public Signature limits() {
    return limits.signature();
  }

  @Override
  public Document parse(SourceDocument source) {
    Formats known = formats();
    Budget budget = new Budget(limits);
    budget.inputBytes(source.size());
    return Deadline.run(() -> read(source, known, budget), limits.deadline(), budget);
  }

  /** Tika takes half a second to start, which a run that parses nothing should not have to pay. */
  private Formats formats() {
    Formats made = formats;
    return made != null ? made : make();
  }

  private Formats make() {
    making.lock();
    try {
      Formats made = formats;
      if (made == null) {
        made = new Formats(limits);
        formats = made;
      }
      return made;
    } finally {
      making.unlock();
    }
  }

  private Document read(SourceDocument source, Formats known, Budget budget) {
    try (InputStream bytes = new LimitedStream(open(source), budget);
        TikaInputStream stream = TikaInputStream.get(bytes)) {
      Content content = known.detect(stream, source.name());
      DocumentWriter out = new DocumentWriter(budget);
      known.read(content, out);
      budget.rethrow();
      return out.finish(source.id(), content.type().toString());
    } catch (IOException | SAXException | TikaException | RuntimeException e) {
      budget.rethrow();
      throw Failures.of(e);
    }
  }

  private static InputStream open(SourceDocument source) {
    try {
      return source.open();
    } catch (IOException e) {
      throw LimitedStream.unreadable(e);
    }
  }
}
