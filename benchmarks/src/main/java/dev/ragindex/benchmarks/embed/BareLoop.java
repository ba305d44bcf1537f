package dev.ragindex.benchmarks.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Objects;

/** ONNX Runtime and nothing else: ids are there beforehand, outputs are left where they are. */
final class BareLoop implements AutoCloseable {

  private final OrtSession session;
  private final long[] ids;
  private final int length;
  private final int batch;

  private BareLoop(OrtSession session, long[] ids, int length, int batch) {
    this.session = session;
    this.ids = ids;
    this.length = length;
    this.batch = batch;
  }

  /**
   * Loads the model.
   *
   * @param ids of all texts, one text after the other
   * @param length ids of each text
   * @param batch texts a run
   */
  static BareLoop open(String model, int intraOpThreads, long[] ids, int length, int batch) {
    try (InputStream in = BareLoop.class.getClassLoader().getResourceAsStream(model);
        SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(intraOpThreads);
      byte[] bytes = Objects.requireNonNull(in, model).readAllBytes();
      OrtSession session = OrtEnvironment.getEnvironment().createSession(bytes, options);
      return new BareLoop(session, ids, length, batch);
    } catch (IOException | OrtException e) {
      throw new IllegalStateException("cannot load " + model, e);
    }
  }

  int runs() {
    return ids.length / (length * batch);
  }

  void run(int number) {
    int size = length * batch;
    try (OnnxTensor input = tensor(longs(size).put(ids, number * size, size).flip());
        OnnxTensor attention = tensor(ones(size));
        OnnxTensor types = tensor(longs(size));
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", input, "attention_mask", attention, "token_type_ids", types))) {
      if (result.size() == 0) {
        throw new IllegalStateException("no output");
      }
    } catch (OrtException e) {
      throw new IllegalStateException("the model failed", e);
    }
  }

  private OnnxTensor tensor(LongBuffer values) throws OrtException {
    long[] shape = {batch, length};
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, shape);
  }

  private static LongBuffer ones(int count) {
    LongBuffer ones = longs(count);
    for (int i = 0; i < count; i++) {
      ones.put(i, 1);
    }
    return ones;
  }

  private static LongBuffer longs(int count) {
    return ByteBuffer.allocateDirect(count * Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close the model", e);
    }
  }
}
