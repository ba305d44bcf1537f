package dev.ragindex.embedder.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.Map;

/** What a vector should be, the plain way: other tokenizer, default session, doubles. */
record NaiveEmbedding(HuggingFaceTokenizer tokenizer, OrtSession session) implements AutoCloseable {

  static NaiveEmbedding of(String model) throws Exception {
    ClassLoader loader = NaiveEmbedding.class.getClassLoader();
    try (var json = loader.getResourceAsStream(model + "-tokenizer.json");
        var onnx = loader.getResourceAsStream(model + ".onnx")) {
      return new NaiveEmbedding(
          HuggingFaceTokenizer.newInstance(json, Map.of("truncation", "false", "padding", "false")),
          OrtEnvironment.getEnvironment().createSession(onnx.readAllBytes()));
    }
  }

  double[] meanPooled(String text) throws Exception {
    float[][] tokens = tokenVectors(text);
    double[] vector = new double[tokens[0].length];
    for (float[] token : tokens) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] += token[i] / (double) tokens.length;
      }
    }
    return normalized(vector);
  }

  double[] firstToken(String text) throws Exception {
    float[] first = tokenVectors(text)[0];
    double[] vector = new double[first.length];
    Arrays.setAll(vector, i -> first[i]);
    return normalized(vector);
  }

  private float[][] tokenVectors(String text) throws Exception {
    long[][] ids = {tokenizer.encode(text).getIds()};
    long[][] ones = {new long[ids[0].length]};
    Arrays.fill(ones[0], 1);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (var idTensor = OnnxTensor.createTensor(environment, ids);
        var mask = OnnxTensor.createTensor(environment, ones);
        var types = OnnxTensor.createTensor(environment, new long[1][ids[0].length]);
        var result =
            session.run(
                Map.of("input_ids", idTensor, "attention_mask", mask, "token_type_ids", types))) {
      return ((float[][][]) result.get(0).getValue())[0];
    }
  }

  private static double[] normalized(double[] vector) {
    double length = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    return Arrays.stream(vector).map(x -> x / length).toArray();
  }

  @Override
  public void close() throws Exception {
    tokenizer.close();
    session.close();
  }
}
