package dev.ragindex.core.chunk;

/** How the semantic chunker finds out where the topic changes. */
public enum SemanticMethod {
  /**
   * Chooses all cuts of a stretch of text together, so that passages within chunks are as similar
   * as can be ("ClusterSemantic" of Chroma's <i>Evaluating Chunking Strategies for Retrieval</i>,
   * 2024; there over the whole document).
   */
  CLUSTER,
  /**
   * Cuts where neighbouring passages differ more than most do nearby (Kamradt's percentile
   * breakpoints; there over the whole document). Less work beside the embedding.
   */
  PERCENTILE
}
