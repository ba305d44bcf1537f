package dev.ragindex.bridge.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.ragindex.api.ServiceException;
import dev.ragindex.api.ServiceException.Reason;
import dev.ragindex.api.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a model answered, so that a wrong answer is never stored.
 *
 * @param model its name, for messages
 * @param dimension length each vector must have
 * @param kept how many of its first values are kept
 */
record AnswerCheck(String model, int dimension, int kept) {

  /**
   * Checks an answer, and scales what is kept of its vectors to length 1.
   *
   * @param wanted how many texts were sent
   * @param answer what came back, left as it is
   * @return one new vector a text
   * @throws ServiceException if there are more or fewer vectors than texts, or if one has another
   *     dimension, a value that is not finite, or no direction
   */
  List<float[]> unitVectors(int wanted, @Nullable List<Embedding> answer) {
    int found = answer == null ? 0 : answer.size();
    if (answer == null || found != wanted) {
      throw wrong(Reason.UNUSABLE, "%d vectors for %d texts".formatted(found, wanted));
    }
    List<float[]> vectors = new ArrayList<>(wanted);
    for (int i = 0; i < wanted; i++) {
      Embedding embedding = answer.get(i);
      vectors.add(unit(embedding == null ? new float[0] : embedding.vector(), i));
    }
    return vectors;
  }

  private float[] unit(float[] vector, int place) {
    if (vector.length != dimension) {
      throw wrong(
          vector.length == 0 ? Reason.UNUSABLE : Reason.MISCONFIGURED,
          "%d dimensions instead of %d for text %d".formatted(vector.length, dimension, place + 1));
    }
    double squares = 0;
    for (int i = 0; i < kept; i++) {
      squares += (double) vector[i] * vector[i];
    }
    // NaN and infinity survive the sum; finite floats cannot overflow a double
    if (!Double.isFinite(squares) || squares == 0) {
      throw wrong(
          Reason.UNUSABLE,
          "a vector %s for text %d"
              .formatted(squares == 0 ? "of zeros" : "with a value that is not finite", place + 1));
    }
    double length = Math.sqrt(squares);
    float[] unit = new float[kept];
    for (int i = 0; i < kept; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  private ServiceException wrong(Reason reason, String what) {
    return new ServiceException(
        Stage.EMBED,
        reason,
        null,
        model + " answered with " + what + ": nothing of this call is used",
        null);
  }
}
