/**
 * LangChain4j's embedding models as embedders of rag-index.
 *
 * <p>{@link dev.ragindex.bridge.langchain4j.LangChain4jEmbedder} takes any model in; {@link
 * dev.ragindex.bridge.langchain4j.OpenAiEmbedders} knows OpenAI's.
 */
@NullMarked
package dev.ragindex.bridge.langchain4j;

import org.jspecify.annotations.NullMarked;
