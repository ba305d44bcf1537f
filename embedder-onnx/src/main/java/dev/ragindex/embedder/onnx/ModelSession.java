package dev.ragindex.embedder.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A model loaded into ONNX Runtime. Each run has one thread and one text, so that its result
 * depends on nothing else, and runs may go on side by side. Closing it while one goes on is for the
 * caller to prevent.
 */
final class ModelSession implements AutoCloseable {

  private final OnnxModel model;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ModelShape shape;
  private final RunBuffers buffers;

  private ModelSession(
      OnnxModel model, OrtEnvironment environment, OrtSession session, ModelShape shape) {
    this.model = model;
    this.environment = environment;
    this.session = session;
    this.shape = shape;
    this.buffers = new RunBuffers(model.maxTokens(), floats(model.maxTokens()));
  }

  /**
   * Loads a model.
   *
   * @throws dev.ragindex.api.IndexingException if the native library or the model cannot be loaded
   * @throws IllegalArgumentException if the model takes or gives something else than one for texts
   */
  static ModelSession open(OnnxModel model) {
    try (SessionOptions options = new SessionOptions()) {
      OrtEnvironment environment = LastingEnvironment.get();
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      return open(model, environment, model.files().load(environment, options));
    } catch (LinkageError e) {
      throw ModelFiles.failure(noNativeLibrary(), e);
    } catch (OrtException e) {
      throw ModelFiles.failure("ONNX Runtime cannot load the model " + model.name(), e);
    }
  }

  private static ModelSession open(OnnxModel model, OrtEnvironment environment, OrtSession session)
      throws OrtException {
    try {
      Map<String, NodeInfo> inputs = session.getInputInfo();
      ModelShape shape = ModelShape.of(model, inputs, session.getOutputInfo());
      return new ModelSession(model, environment, session, shape);
    } catch (RuntimeException | OrtException e) {
      session.close();
      throw e;
    }
  }

  /** Runs the model on one text's ids, and pools its vectors unless the model does so itself. */
  float[] vector(int[] ids) {
    RunBuffers.Pair pair = buffers.acquire(ids, floats(ids.length));
    try {
      run(pair, ids.length);
      Pooling pooling = shape.perToken() ? model.pooling() : Pooling.CLS;
      return pooling.pool(pair.output(), model.dimension());
    } catch (OrtException e) {
      throw ModelFiles.failure("ONNX Runtime failed on a text of " + ids.length + " tokens", e);
    } finally {
      buffers.release(pair);
    }
  }

  private void run(RunBuffers.Pair pair, int tokens) throws OrtException {
    try (OnnxTensor ids = tensor(pair.ids());
        OnnxTensor attention = tensor(buffers.attention(tokens));
        OnnxTensor types = tensor(buffers.types(tokens));
        OnnxTensor output =
            OnnxTensor.createTensor(
                environment, pair.output(), shape.output(tokens, model.dimension()))) {
      Map<String, OnnxTensorLike> inputs = new HashMap<>();
      inputs.put(ModelShape.IDS, ids);
      if (shape.attention()) {
        inputs.put(ModelShape.ATTENTION, attention);
      }
      if (shape.types()) {
        inputs.put(ModelShape.TYPES, types);
      }
      session.run(inputs, Map.of(shape.output(), output)).close(); // leaves pinned outputs open
    }
  }

  private OnnxTensor tensor(LongBuffer values) throws OrtException {
    return OnnxTensor.createTensor(environment, values, new long[] {1, values.remaining()});
  }

  private int floats(int tokens) {
    return Math.multiplyExact(shape.perToken() ? tokens : 1, model.dimension());
  }

  @Override
  public void close() {
    try {
      session.close(); // the environment is the process's own and stays
    } catch (OrtException e) {
      throw ModelFiles.failure("ONNX Runtime cannot close the model", e);
    }
  }

  private static String noNativeLibrary() {
    return "ONNX Runtime has no native library that loads here (%s on %s); it needs Linux with glibc"
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"))
        + " (not musl, as in Alpine) on x86-64 or aarch64, macOS on aarch64, or Windows on x86-64,"
        + " and may write to and load from java.io.tmpdir, which is "
        + System.getProperty("java.io.tmpdir");
  }
}
