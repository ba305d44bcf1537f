package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ragindex.core.Plan;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncOptions;
import dev.ragindex.core.source.FolderSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan on disk, with everything that is needed to apply it. A person may take steps out of it:
 * what is not in the plan is not done.
 *
 * @param format says that this is a plan
 * @param version version of this format
 * @param index the index's folder, absolute, or the JDBC URL of its database without password
 * @param collection the collection in it
 * @param include patterns of files that were taken
 * @param exclude patterns of files that were left out
 * @param stages the pipeline's settings, as the index remembers them
 * @param plan the plan
 */
record PlanFile(
    String format,
    int version,
    String index,
    String collection,
    List<String> include,
    List<String> exclude,
    Map<String, String> stages,
    Plan plan) {

  private static final String FORMAT = "rag-index plan";
  private static final int VERSION = 1;
  private static final String WAY_OUT = "make a plan: rag-index plan FOLDER --out FILE";

  /** A plan and what it was made with. */
  static PlanFile of(Plan plan, RunOptions options, Pipeline pipeline) {
    return new PlanFile(
        FORMAT,
        VERSION,
        options.index.place(),
        options.index.collection,
        options.files.include,
        options.files.exclude,
        pipeline.toRemember(),
        plan);
  }

  /**
   * Reads a plan.
   *
   * @throws Refusal if the file is missing, is no plan, or is damaged
   */
  static PlanFile read(Path file) {
    JsonNode tree = tree(file);
    if (!FORMAT.equals(tree.path("format").asText())) {
      throw new Refusal(file + " is no plan", WAY_OUT);
    }
    if (tree.path("version").asInt() != VERSION) {
      throw new Refusal(
          "%s is a plan of format %s, this version applies format %d"
              .formatted(file, tree.path("version"), VERSION),
          WAY_OUT);
    }
    try {
      return PlanJson.read(tree, PlanFile.class);
    } catch (JsonProcessingException e) {
      throw new Refusal("the plan " + file + " is damaged: " + e.getOriginalMessage(), WAY_OUT);
    }
  }

  private static JsonNode tree(Path file) {
    try {
      return PlanJson.tree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new Refusal("there is no file " + file, WAY_OUT);
    } catch (JsonProcessingException e) {
      throw new Refusal(file + " is no plan, or not all of it is there: it is not JSON", WAY_OUT);
    } catch (IOException e) {
      throw new Refusal("the plan cannot be read: " + e, "name a file that can be read");
    }
  }

  /**
   * Says whether a plan may be written there: to a new file, or over another plan.
   *
   * @throws Refusal if not
   */
  static void requireWritable(Path file, FolderSource source) {
    Path target = file.toAbsolutePath().normalize();
    if (target.startsWith(source.root())) {
      throw new Refusal(
          "the plan would become one of the documents: " + file, "write it outside the folder");
    }
    if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
      throw new Refusal("there is no folder for the plan " + file, "make it, or name another");
    }
    if (Files.exists(target)) {
      requirePlan(file);
    }
  }

  private static void requirePlan(Path file) {
    try {
      if (FORMAT.equals(tree(file).path("format").asText())) {
        return;
      }
    } catch (Refusal notEvenJson) {
      // told below
    }
    throw new Refusal(
        file + " exists and is no plan; it is not overwritten", "name another file with --out");
  }

  /** Writes the plan, whole or not at all. */
  void write(Path file) throws IOException {
    Path target = file.toAbsolutePath().normalize();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.write(part, PlanJson.bytes(this));
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * The folder that the plan was made for.
   *
   * @throws Refusal if it is not there any more
   */
  FolderSource source() {
    FolderOptions files = new FolderOptions();
    files.name = plan.basis().source();
    files.include = include;
    files.exclude = exclude;
    return files.source(Path.of(plan.basis().root()), index(null).folder());
  }

  /** The stages it was made with. */
  Pipeline pipeline() {
    return Pipeline.ofRemembered(stages);
  }

  /**
   * The index that the plan was made for.
   *
   * @param database a URL of its database that has what the plan's lacks, or null
   * @throws Refusal if the URL is of another database, or the index is in a folder
   */
  IndexOptions index(@Nullable String database) {
    if (database == null) {
      return IndexOptions.at(index, collection);
    }
    if (!PostgresUrl.is(index) || !PostgresUrl.of(database).isSameDatabase(PostgresUrl.of(index))) {
      throw new Refusal(
          "the plan was made for another index: " + index, "leave out --pgvector, or " + WAY_OUT);
    }
    return IndexOptions.at(database, collection);
  }

  /**
   * Opens the index; creates nothing.
   *
   * @throws Unreachable if it cannot be opened
   */
  RagIndex open(IndexOptions there) {
    there.settings();
    return pipeline().open(there);
  }

  /** What the index is to remember of the pipeline's settings. */
  SyncOptions options() {
    return SyncOptions.DEFAULT.remember(stages);
  }
}
