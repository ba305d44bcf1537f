package dev.ragindex.benchmarks.speed;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.TokenCountEstimator;
import java.util.function.ToIntFunction;

/** A token counter for LangChain4j's splitters, which count texts only. */
record CountedBy(ToIntFunction<String> counter) implements TokenCountEstimator {

  @Override
  public int estimateTokenCountInText(String text) {
    return counter.applyAsInt(text);
  }

  @Override
  public int estimateTokenCountInMessage(ChatMessage message) {
    return counter.applyAsInt(message.toString());
  }

  @Override
  public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
    int tokens = 0;
    for (ChatMessage message : messages) {
      tokens += estimateTokenCountInMessage(message);
    }
    return tokens;
  }
}
