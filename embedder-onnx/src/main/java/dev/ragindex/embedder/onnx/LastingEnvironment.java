package dev.ragindex.embedder.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;

/**
 * ONNX Runtime's environment, which lasts as long as the process.
 *
 * <p>ONNX Runtime gives it up in a shutdown hook, while other hooks still run: a model that is
 * loaded or run by then, as by a sync that settles what is in flight, brings the process down (<a
 * href="https://github.com/microsoft/onnxruntime/issues/31352">issue 31352</a>). The native
 * environment counts who uses it. One more user that never lets go keeps it, and as the Java
 * interface has no way to become one, this calls what its constructor calls.
 */
final class LastingEnvironment {

  private LastingEnvironment() {}

  static OrtEnvironment get() throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    environment.setTelemetry(false);
    keep();
    return environment;
  }

  /** Counts up only: it does not matter how often this is done. */
  private static void keep() {
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      Method use =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      api.setAccessible(true);
      use.setAccessible(true);
      use.invoke(null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(), "");
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      // another version of ONNX Runtime: all is well until the process ends
    }
  }
}
