package dev.ragindex.store.lucene;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's own codec with more room for dimensions. Lucene checks its limit of 1,024 only when a
 * field is written; the files are the same, under the same name, and a stock Lucene reads them.
 */
final class WideVectorsCodec extends Lucene104Codec {

  /** Largest dimension, as in Elasticsearch. */
  static final int MAX_DIMENSION = 4_096;

  private final KnnVectorsFormat wide = new WideFormat(new Lucene99HnswVectorsFormat());

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return wide;
  }

  private static final class WideFormat extends KnnVectorsFormat {

    private final KnnVectorsFormat format;

    WideFormat(KnnVectorsFormat format) {
      super(format.getName());
      this.format = format;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return format.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return format.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return MAX_DIMENSION;
    }
  }
}
