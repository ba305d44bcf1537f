package dev.ragindex.embedder.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * ONNX Runtime's environment, one for the process and there until its last moment.
 *
 * <p>{@link OrtEnvironment} releases it in a shutdown hook of its own. Shutdown hooks run beside
 * each other, in no order, and a sync that is cancelled by a signal goes on embedding in one until
 * what is in flight is settled: a run whose environment is gone ends the process with SIGSEGV (<a
 * href="https://github.com/microsoft/onnxruntime/issues/31352">issue 31352</a>). The native library
 * counts references to its environment and frees it with the last; the one taken here is never
 * given back, so the hook leaves the environment as it is. The Java API has no way to take it,
 * hence reflection. On the module path that needs {@code --add-opens
 * com.microsoft.onnxruntime/ai.onnxruntime=dev.ragindex.embedder.onnx}, and without it a process
 * that ends while it embeds may crash.
 */
final class NativeEnvironment {

  private NativeEnvironment() {}

  /** Makes or finds the environment. */
  static OrtEnvironment get() {
    return Holder.ENVIRONMENT;
  }

  private static final class Holder {

    static final OrtEnvironment ENVIRONMENT = held(OrtEnvironment.getEnvironment());
  }

  private static OrtEnvironment held(OrtEnvironment environment) {
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      Method create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      api.setAccessible(true);
      create.setAccessible(true);
      create.invoke(
          null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(), "held");
    } catch (ReflectiveOperationException | RuntimeException e) {
      // as above: all else works
    }
    return environment;
  }
}
