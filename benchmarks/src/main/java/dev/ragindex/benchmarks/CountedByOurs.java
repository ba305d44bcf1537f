package dev.ragindex.benchmarks;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.ragindex.api.TokenCounter;

/** One of our token counters for LangChain4j's splitters, which count texts only. */
record CountedByOurs(TokenCounter counter) implements TokenCountEstimator {

  @Override
  public int estimateTokenCountInText(String text) {
    return counter.count(text);
  }

  @Override
  public int estimateTokenCountInMessage(ChatMessage message) {
    return counter.count(message.toString());
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
