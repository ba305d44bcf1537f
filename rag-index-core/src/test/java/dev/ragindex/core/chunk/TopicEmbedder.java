package dev.ragindex.core.chunk;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An embedder that looks for words of a few topics; remembers its calls. */
final class TopicEmbedder implements Embedder {

  static final List<String> TOPICS = List.of("ship", "bread", "law", "star");

  final List<List<String>> calls = new ArrayList<>();
  private final Limits limits;
  private final Function<String, float[]> vectors;

  private TopicEmbedder(Limits limits, Function<String, float[]> vectors) {
    this.limits = limits;
    this.vectors = vectors;
  }

  static TopicEmbedder create() {
    return new TopicEmbedder(new Limits(512, 16, 4_000, 2), TopicEmbedder::topics);
  }

  /** One that takes less. */
  static TopicEmbedder limited(Limits limits) {
    return new TopicEmbedder(limits, TopicEmbedder::topics);
  }

  /** One that answers in its own way. */
  static TopicEmbedder answering(Function<String, float[]> vectors) {
    return new TopicEmbedder(new Limits(512, 16, 4_000, 2), vectors);
  }

  /** How often each topic is named, and a little of everything. */
  static float[] topics(String text) {
    float[] vector = new float[TOPICS.size() + 1];
    for (int i = 0; i < TOPICS.size(); i++) {
      vector[i] = text.split(TOPICS.get(i), -1).length - 1;
    }
    vector[TOPICS.size()] = 0.1f;
    return vector;
  }

  @Override
  public Signature signature() {
    return Signature.of("topics", 1);
  }

  @Override
  public int dimension() {
    return TOPICS.size() + 1;
  }

  @Override
  public TokenCounter tokenCounter() {
    return WordCounter.ADDITIVE;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public synchronized List<float[]> embed(List<String> texts) {
    calls.add(List.copyOf(texts));
    return texts.stream().map(this::embedQuery).toList();
  }

  @Override
  public float[] embedQuery(String text) {
    return vectors.apply(text);
  }
}
