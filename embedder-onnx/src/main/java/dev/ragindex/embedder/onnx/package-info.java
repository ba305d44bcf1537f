/**
 * Local embedding models on ONNX Runtime. {@link dev.ragindex.embedder.onnx.OnnxEmbedder} is the
 * one class to use.
 */
@NullMarked
package dev.ragindex.embedder.onnx;

import org.jspecify.annotations.NullMarked;
