package dev.ragindex.embedder.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model takes and gives, as exports of BERT-like models have it: ids, often an attention
 * mask and token types; one vector a token, or one a text.
 *
 * @param attention whether it takes an attention mask
 * @param types whether it takes token types
 * @param output name of its output that is used: the first with a vector for each token, else the
 *     first with one for the text
 * @param perToken whether that output has a vector for each token
 */
record ModelShape(boolean attention, boolean types, String output, boolean perToken) {

  static final String IDS = "input_ids";
  static final String ATTENTION = "attention_mask";
  static final String TYPES = "token_type_ids";

  private static final int PER_TOKEN = 3;
  private static final int PER_TEXT = 2;

  /**
   * Reads off what a model takes and gives.
   *
   * @throws IllegalArgumentException if that is something else, naming it
   */
  static ModelShape of(
      OnnxModel model, Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {
    inputs.forEach((name, info) -> requireKnown(model, name, info));
    if (!inputs.containsKey(IDS)) {
      throw unsupported(model, "takes %s, not %s".formatted(inputs.keySet(), IDS));
    }
    String perToken = output(outputs, PER_TOKEN);
    String output = perToken.isEmpty() ? output(outputs, PER_TEXT) : perToken;
    if (output.isEmpty()) {
      throw unsupported(model, "gives no vectors of floats, but " + outputs);
    }
    requireDimension(model, output, tensor(outputs.get(output)));
    return new ModelShape(
        inputs.containsKey(ATTENTION), inputs.containsKey(TYPES), output, !perToken.isEmpty());
  }

  /** Shape of the output for one text. */
  long[] output(int tokens, int dimension) {
    return perToken ? new long[] {1, tokens, dimension} : new long[] {1, dimension};
  }

  private static void requireKnown(OnnxModel model, String name, NodeInfo info) {
    if (!name.equals(IDS) && !name.equals(ATTENTION) && !name.equals(TYPES)) {
      throw unsupported(model, "takes an input \"" + name + "\", which is not supported");
    }
    if (tensor(info).type != OnnxJavaType.INT64) {
      throw unsupported(
          model, "takes \"%s\" as %s instead of INT64".formatted(name, tensor(info).type));
    }
  }

  private static String output(Map<String, NodeInfo> outputs, int rank) {
    return outputs.entrySet().stream()
        .filter(
            output ->
                output.getValue().getInfo() instanceof TensorInfo tensor
                    && tensor.type == OnnxJavaType.FLOAT
                    && tensor.getShape().length == rank)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  private static void requireDimension(OnnxModel model, String output, TensorInfo info) {
    long[] shape = info.getShape();
    long dimension = shape[shape.length - 1];
    boolean fixed = dimension > 0;
    if (fixed && dimension != model.dimension()) {
      throw unsupported(
          model,
          "gives vectors of %d dimensions by \"%s\", not of the %d it should have"
              .formatted(dimension, output, model.dimension()));
    }
  }

  private static TensorInfo tensor(@Nullable NodeInfo info) {
    if (info != null && info.getInfo() instanceof TensorInfo tensor) {
      return tensor;
    }
    throw new IllegalArgumentException("not a tensor: " + info);
  }

  private static IllegalArgumentException unsupported(OnnxModel model, String what) {
    return new IllegalArgumentException("the model " + model.name() + " " + what);
  }
}
