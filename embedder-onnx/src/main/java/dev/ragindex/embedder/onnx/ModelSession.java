package dev.ragindex.embedder.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Stage;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model loaded into ONNX Runtime. Each run has one thread and one text, so that its result
 * depends on nothing else, and runs may go on side by side. Closing it while one goes on is for the
 * caller to prevent.
 */
final class ModelSession implements AutoCloseable {

  private static final String IDS = "input_ids";
  private static final String ATTENTION = "attention_mask";
  private static final String TYPES = "token_type_ids";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final InputBuffers buffers;
  private final boolean wantsTypes;
  private final String output;

  private ModelSession(OrtEnvironment environment, OrtSession session, int maxTokens) {
    this.environment = environment;
    this.session = session;
    this.buffers = new InputBuffers(maxTokens);
    this.wantsTypes = session.getInputNames().contains(TYPES);
    this.output = session.getOutputNames().iterator().next();
  }

  static ModelSession open(OnnxModel model) {
    try (SessionOptions options = new SessionOptions()) {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      OrtSession session = environment.createSession(model.modelBytes(), options);
      return new ModelSession(environment, session, model.maxTokens());
    } catch (LinkageError e) {
      throw failure(noNativeLibrary(), e);
    } catch (OrtException e) {
      throw failure("ONNX Runtime cannot load the model " + model.name(), e);
    }
  }

  /**
   * Runs the model on one text's ids and returns the vectors of all tokens, one after the other.
   */
  float[] run(int[] ids) {
    LongBuffer buffer = buffers.acquire(ids);
    try {
      return run(buffer, ids.length);
    } catch (OrtException e) {
      throw failure("ONNX Runtime failed on a text of " + ids.length + " tokens", e);
    } finally {
      buffers.release(buffer);
    }
  }

  private float[] run(LongBuffer ids, int tokens) throws OrtException {
    try (OnnxTensor idTensor = tensor(ids);
        OnnxTensor attention = tensor(buffers.attention(tokens));
        OnnxTensor types = tensor(buffers.types(tokens))) {
      Map<String, OnnxTensorLike> inputs = new HashMap<>();
      inputs.put(IDS, idTensor);
      inputs.put(ATTENTION, attention);
      if (wantsTypes) {
        inputs.put(TYPES, types);
      }
      try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
        return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
      }
    }
  }

  private OnnxTensor tensor(LongBuffer values) throws OrtException {
    return OnnxTensor.createTensor(environment, values, new long[] {1, values.remaining()});
  }

  @Override
  public void close() {
    try {
      session.close(); // the environment is the process's own and stays
    } catch (OrtException e) {
      throw failure("ONNX Runtime cannot close the model", e);
    }
  }

  private static String noNativeLibrary() {
    return "ONNX Runtime has no native library that loads here (%s on %s); it needs Linux with glibc"
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"))
        + " (not musl, as in Alpine) on x86-64 or aarch64, macOS on aarch64, or Windows on x86-64,"
        + " and a temporary folder it may write to and load from";
  }

  private static IndexingException failure(String message, @Nullable Throwable cause) {
    return new IndexingException(
        Stage.EMBED, IndexingException.Kind.INFRASTRUCTURE, message, cause);
  }
}
