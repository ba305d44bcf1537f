package dev.ragindex.embedder.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a BERT-like model exported to ONNX, laid out as on Hugging Face, and what its files
 * do not say. Each setting given here goes before what a file says.
 *
 * <table>
 *   <caption>What is read</caption>
 *   <tr><th>Of</th><th>From</th></tr>
 *   <tr><td>model</td><td>{@code model.onnx} or {@code onnx/model.onnx}, else the only {@code
 *       *.onnx} in either place</td></tr>
 *   <tr><td>tokenizer</td><td>{@code tokenizer.json}, of the BERT family</td></tr>
 *   <tr><td>dimension</td><td>{@code hidden_size} of {@code config.json}</td></tr>
 *   <tr><td>most tokens</td><td>{@code max_seq_length} of {@code sentence_bert_config.json}, else
 *       {@code max_position_embeddings} of {@code config.json}</td></tr>
 *   <tr><td>pooling</td><td>{@code 1_Pooling/config.json}, else the mean</td></tr>
 *   <tr><td>prefixes</td><td>{@code prompts} of {@code config_sentence_transformers.json}: {@code
 *       query}, and {@code document} or {@code passage}</td></tr>
 * </table>
 *
 * <p>Modules of Sentence Transformers other than transformer, pooling and normalisation ({@code
 * modules.json}) are refused. Vectors always have length 1, so that it makes no difference whether
 * the model normalises.
 *
 * <pre>{@code
 * OnnxEmbedder embedder =
 *     OnnxFolder.at(Path.of("snowflake-arctic-embed-s"))
 *         .model("onnx/model_int8.onnx")
 *         .prefixes("", "Represent this sentence for searching relevant passages: ")
 *         .build();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class OnnxFolder {

  /** Models in folders share it: which one it is their digests say. */
  private static final String NAME = "onnx";

  private final Path folder;
  private @Nullable String model;
  private @Nullable Integer dimension;
  private @Nullable Integer kept;
  private @Nullable Integer maxTokens;
  private @Nullable Pooling pooling;
  private @Nullable String documentPrefix;
  private @Nullable String queryPrefix;

  private OnnxFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Names the folder; nothing is read yet.
   *
   * @param folder where tokenizer.json is
   * @return settings to add to
   */
  public static OnnxFolder at(Path folder) {
    return new OnnxFolder(folder);
  }

  /**
   * Picks one of several models.
   *
   * @param file relative to the folder, such as {@code onnx/model_quantized.onnx}
   * @return this
   */
  public OnnxFolder model(String file) {
    this.model = file;
    return this;
  }

  /**
   * States the length of the model's vectors.
   *
   * @param dimension a number of floats
   * @return this
   */
  public OnnxFolder dimension(int dimension) {
    this.dimension = dimension;
    return this;
  }

  /**
   * Keeps only the first values of each vector, scaled to length 1 again. This is for models
   * trained so that the beginning of a vector is a vector of its own ("Matryoshka Representation
   * Learning", Kusupati et al. 2022); of others it leaves noise.
   *
   * @param kept how many, less than the dimension
   * @return this
   */
  public OnnxFolder cutTo(int kept) {
    this.kept = kept;
    return this;
  }

  /**
   * States how many tokens the model takes.
   *
   * @param maxTokens with special tokens and prefix
   * @return this
   */
  public OnnxFolder maxTokens(int maxTokens) {
    this.maxTokens = maxTokens;
    return this;
  }

  /**
   * States how token vectors become one. Of no consequence if the model pools by itself.
   *
   * @param pooling as the model card says
   * @return this
   */
  public OnnxFolder pooling(Pooling pooling) {
    this.pooling = pooling;
    return this;
  }

  /**
   * States what the model wants before texts.
   *
   * @param document before a document, or empty
   * @param query before a query, or empty
   * @return this
   */
  public OnnxFolder prefixes(String document, String query) {
    this.documentPrefix = document;
    this.queryPrefix = query;
    return this;
  }

  /**
   * Reads the settings; tokenizer and model are read when first needed.
   *
   * @return the embedder
   * @throws IllegalArgumentException if a file is missing or asks for what is not supported; the
   *     message names file and field
   * @throws dev.ragindex.api.IndexingException if a file cannot be read
   */
  public OnnxEmbedder build() {
    FolderSettings settings = FolderSettings.read(folder);
    FolderFiles files = new FolderFiles(modelFile(), required(folder.resolve("tokenizer.json")));
    int whole = dimension != null ? dimension : settings.dimension();
    if (kept != null && (kept < 1 || kept >= whole)) {
      throw new IllegalArgumentException(
          "vectors of %d values cannot be cut to %d".formatted(whole, kept));
    }
    return new OnnxEmbedder(
        new OnnxModel(
            NAME,
            files,
            whole,
            kept != null ? kept : whole,
            maxTokens != null ? maxTokens : settings.maxTokens(),
            pooling != null ? pooling : settings.pooling(),
            Objects.requireNonNullElseGet(documentPrefix, settings::documentPrefix),
            Objects.requireNonNullElseGet(queryPrefix, settings::queryPrefix)));
  }

  private Path modelFile() {
    if (model != null) {
      return required(folder.resolve(model));
    }
    List<Path> places = List.of(folder, folder.resolve("onnx"));
    for (Path place : places) {
      Path usual = place.resolve("model.onnx");
      if (Files.exists(usual)) {
        return usual;
      }
    }
    List<Path> found = places.stream().flatMap(place -> onnxFiles(place).stream()).toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "%s should hold model.onnx, onnx/model.onnx or one other *.onnx, but holds %s"
              .formatted(folder, found.isEmpty() ? "none" : found));
    }
    return found.getFirst();
  }

  private static List<Path> onnxFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw ModelFiles.failure(folder + " cannot be listed", e);
    }
  }

  private static Path required(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("there is no " + file);
    }
    return file;
  }
}
