package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Stage;
import dev.ragindex.core.EmbeddingCalls.Answer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A few texts whose vectors the index remembers. They ride along with the first call of each run
 * that embeds at all; if they come back elsewhere in space, another model answers to the same name,
 * and nothing of the run is stored. Thread-safe; serves one run.
 *
 * <p>A byte for each dimension is remembered: the direction is kept to a thousandth, which is finer
 * than the difference between two processors' int8 arithmetic.
 */
final class Canaries {

  /** Two processors differ by a hundredth, two models by far more. */
  private static final double LEAST_COSINE = 0.95;

  static final List<String> TEXTS =
      List.of(
          "The committee adjourned the hearing until the spring.",
          "Boil the pasta in salted water for nine minutes.");

  private final Embedder embedder;
  private final @Nullable String remembered;
  private final ReentrantLock first = new ReentrantLock();
  private volatile boolean sound;
  private volatile @Nullable String found;

  /**
   * Begins unchecked.
   *
   * @param remembered what the index remembers, or null if nothing yet
   */
  Canaries(Embedder embedder, @Nullable String remembered) {
    this.embedder = embedder;
    this.remembered = remembered;
  }

  /** What the index is to remember from now on; null if it already does or nothing was embedded. */
  @Nullable String toRemember() {
    return found;
  }

  /**
   * Makes a call, the first one with the canaries in front; others wait until that one is back.
   *
   * @throws IndexingException if the model is not the one that made the index
   */
  List<Answer> guard(List<TextToEmbed> texts, Function<List<TextToEmbed>, List<Answer>> call) {
    if (!sound) {
      first.lock();
      try {
        if (!sound) {
          List<Answer> answers = checked(texts, call);
          sound = true;
          return answers;
        }
      } finally {
        first.unlock();
      }
    }
    return call.apply(texts);
  }

  private List<Answer> checked(
      List<TextToEmbed> texts, Function<List<TextToEmbed>, List<Answer>> call) {
    List<TextToEmbed> canaries = counted();
    List<TextToEmbed> both = new ArrayList<>(canaries);
    both.addAll(texts);
    if (fits(both)) {
      List<Answer> answers = call.apply(both);
      check(answers.subList(0, canaries.size()));
      return answers.subList(canaries.size(), answers.size());
    }
    List<Answer> alone = new ArrayList<>();
    for (TextToEmbed canary : canaries) {
      alone.addAll(call.apply(List.of(canary)));
    }
    check(alone);
    return call.apply(texts);
  }

  /** Counted now, for a run that embeds nothing should not have to read a tokenizer. */
  private List<TextToEmbed> counted() {
    return TEXTS.stream()
        .map(text -> new TextToEmbed(text, embedder.tokenCounter().count(text)))
        .toList();
  }

  private boolean fits(List<TextToEmbed> texts) {
    long tokens = texts.stream().mapToLong(TextToEmbed::tokens).sum();
    return texts.size() <= embedder.limits().textsPerCall()
        && tokens <= embedder.limits().tokensPerCall();
  }

  private void check(List<Answer> answers) {
    byte[] now = new byte[answers.size() * embedder.dimension()];
    for (int i = 0; i < answers.size(); i++) {
      switch (answers.get(i)) {
        case Answer.Embedded embedded -> quantize(embedded.vector(), now, i);
        case Answer.Refused refused ->
            throw new IndexingException(
                Stage.EMBED,
                Kind.INFRASTRUCTURE,
                "the embedder " + embedder.signature().name() + " refused a plain sentence",
                refused.why());
      }
    }
    if (remembered == null) {
      found = Base64.getEncoder().encodeToString(now);
    } else {
      compare(Base64.getDecoder().decode(remembered), now);
    }
  }

  private static void quantize(float[] vector, byte[] bytes, int index) {
    float largest = 0;
    for (float x : vector) {
      largest = Math.max(largest, Math.abs(x));
    }
    for (int i = 0; i < vector.length; i++) {
      bytes[index * vector.length + i] = (byte) Math.round(vector[i] * Byte.MAX_VALUE / largest);
    }
  }

  private void compare(byte[] before, byte[] now) {
    int dimension = embedder.dimension();
    if (before.length != now.length) {
      return; // other canaries than this version's: the embedder's signature is all there is
    }
    for (int from = 0; from < now.length; from += dimension) {
      double cosine = cosine(before, now, from, from + dimension);
      if (!(cosine >= LEAST_COSINE)) {
        throw new IndexingException(
            Stage.EMBED,
            Kind.INFRASTRUCTURE,
            String.format(
                Locale.ROOT,
                "the model behind %s is not the one that made this index: the same sentence is now"
                    + " at cosine %.2f, not 1, from where it was; nothing was stored; use the old"
                    + " model, or make another index for this one",
                embedder.signature().name(),
                cosine));
      }
    }
  }

  private static double cosine(byte[] a, byte[] b, int from, int to) {
    long dot = 0;
    long squaresA = 0;
    long squaresB = 0;
    for (int i = from; i < to; i++) {
      dot += a[i] * b[i];
      squaresA += a[i] * a[i];
      squaresB += b[i] * b[i];
    }
    return dot / Math.sqrt((double) squaresA * squaresB);
  }
}
