package dev.ragindex.core;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ragindex.api.ChunkEnricher;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.DocumentEnricher;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Problem;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vector index that is kept true to its sources. Thread-safe; one sync at a time.
 *
 * <pre>{@code
 * try (var index = RagIndex.builder()
 *         .store(LuceneStore.at(Path.of("handbook.index")))
 *         .parser(TikaParser.create())
 *         .embedder(OnnxEmbedder.miniLm())
 *         .build()) {
 *   SyncReport report = index.sync(FolderSource.of("handbook", Path.of("handbook")));
 *   index.search(SearchRequest.of("How many days of leave?").top(5))
 *       .forEach(hit -> System.out.println(hit.score() + " " + hit.document()));
 * }
 * }</pre>
 *
 * <p>{@link #sync} lists a source and brings the index up to date with it. What did not change is
 * not read; what reads the same is not cut; a text that was embedded before, wherever it stood, is
 * not embedded again. Each document is committed together with its chunks or not at all, so
 * whenever the process dies every document is whole, the old version or the new one, and the next
 * sync finishes the job. A document that fails keeps its old version and is reported.
 *
 * <p>Deletions are withheld, all of them, once they are more than 10 and more than 10 % of the
 * source, or if the source lists nothing; see {@link SyncOptions#allowDeletes(int)}.
 *
 * <p>Errors: {@link IllegalArgumentException} means the caller's fault with nothing written; {@link
 * IndexingException} says which stage failed and whether repeating can help.
 */
public final class RagIndex implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RagIndex.class);
  private static final long MAX_DOCUMENT_BYTES = 100L << 20;
  private static final int QUERIES_CACHED = 1_000;

  private final VectorStore store;
  private final @Nullable Embedder embedder;
  private final @Nullable Pipeline pipeline;
  private final long maxDocumentBytes;
  private final Clock clock;
  private final Cache<String, float[]> queries =
      Caffeine.newBuilder().maximumSize(QUERIES_CACHED).build();

  private RagIndex(Builder builder) {
    VectorStore given = required(builder.store, "store");
    this.store =
        builder.waitForWriter.isZero() ? given : new WaitingStore(given, builder.waitForWriter);
    this.embedder = builder.embedder;
    this.pipeline =
        builder.parser == null
            ? null
            : pipeline(builder.parser, required(builder.embedder, "embedder"), builder);
    this.maxDocumentBytes = builder.maxDocumentBytes;
    this.clock = builder.clock;
  }

  private static Pipeline pipeline(DocumentParser parser, Embedder embedder, Builder builder) {
    Chunker chunker =
        builder.chunker != null
            ? builder.chunker
            : Chunkers.recursive(
                embedder.tokenCounter(), ChunkLimits.forModel(embedder.limits().tokensPerText()));
    return new Pipeline(
        parser, builder.documentEnrichers, chunker, builder.chunkEnrichers, embedder);
  }

  /**
   * Starts an index.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Brings the index up to date with a source.
   *
   * @param source what to index
   * @return what was done
   * @throws IllegalArgumentException as {@link #sync(Source, SyncOptions)}
   * @throws IndexingException as {@link #sync(Source, SyncOptions)}
   */
  public SyncReport sync(Source source) {
    return sync(source, SyncOptions.DEFAULT);
  }

  /**
   * Brings the index up to date with a source.
   *
   * @param source what to index
   * @param options how to run
   * @return what was done
   * @throws IllegalArgumentException if the index was made with another model, or the source's root
   *     is another than before; nothing was written
   * @throws StoreBusyException if another writer holds the store
   * @throws CancellationException if the calling thread is interrupted: what was in flight is
   *     committed, nothing was deleted, the next run goes on
   * @throws IndexingException if the source cannot be listed, or embedder or store fail: what was
   *     finished is committed, the next run goes on
   */
  public SyncReport sync(Source source, SyncOptions options) {
    SyncReport report =
        new SyncRun(
                store,
                requirePipeline(),
                requireEmbedder(),
                source,
                options,
                maxDocumentBytes,
                clock)
            .run();
    LOG.info(
        "synced '{}' in {} ms: {} listed, {} added, {} updated, {} patched, {} moved, {} deleted,"
            + " {} with problems, {} chunks embedded",
        report.source(),
        report.total().toMillis(),
        report.listed(),
        report.added(),
        report.updated(),
        report.patched(),
        report.moved(),
        report.deleted(),
        report.quarantined() + report.suspect(),
        report.chunks().embedded());
    return report;
  }

  /**
   * Foresees what {@link #sync(Source)} would do now. Writes and creates nothing.
   *
   * @param source what would be indexed
   * @return the plan
   * @throws IllegalArgumentException as {@link #sync(Source, SyncOptions)}
   * @throws IndexingException if the source cannot be listed
   */
  public Plan plan(Source source) {
    return plan(source, SyncOptions.DEFAULT);
  }

  /**
   * Foresees what {@link #sync(Source, SyncOptions)} would do now. Writes and creates nothing.
   *
   * @param source what would be indexed
   * @param options how it would run
   * @return the plan
   * @throws IllegalArgumentException as {@link #sync(Source, SyncOptions)}
   * @throws IndexingException if the source cannot be listed
   */
  public Plan plan(Source source, SyncOptions options) {
    try (Snapshot snapshot = store.snapshot()) {
      return new PlanRun(
              snapshot,
              requirePipeline(),
              requireEmbedder(),
              source,
              options,
              maxDocumentBytes,
              clock)
          .run();
    }
  }

  /**
   * Searches the last commit.
   *
   * @param request what to look for
   * @return hits, best first; empty if the index is
   * @throws IllegalArgumentException if the index was made with another model, or the query is
   *     longer than the model takes
   * @throws IndexingException if embedder or store fail
   */
  public List<SearchHit> search(SearchRequest request) {
    if (request.mode() == SearchRequest.Mode.KEYWORD) {
      return store.search(request, null);
    }
    try (Snapshot snapshot = store.snapshot()) {
      IndexSettings.requireModel(snapshot, requireEmbedder());
      if (snapshot.counts().chunks() == 0) {
        return List.of();
      }
    }
    return store.search(request, queries.get(request.text(), this::queryVector));
  }

  private float[] queryVector(String text) {
    Embedder model = requireEmbedder();
    return UnitVectors.unit(model.embedQuery(text), model.dimension());
  }

  /**
   * Holds the index against itself: recomputes ids and embedding keys from the texts, compares
   * records with chunks, looks at each vector, and has the store look at its files. Reads
   * everything, writes nothing.
   *
   * @return what was found
   * @throws IllegalArgumentException if the index was made with another model
   */
  public VerifyReport verify() {
    try (Snapshot snapshot = store.snapshot()) {
      Embedder model = requireEmbedder();
      IndexSettings.requireModel(snapshot, model);
      VerifyReport found = new Verification(snapshot, model.signature().fingerprint()).run();
      List<VerifyReport.Finding> findings = new ArrayList<>(found.findings());
      store.check().forEach(damage -> findings.add(VerifyReport.Finding.ofStore(damage)));
      return new VerifyReport(found.documents(), found.chunks(), findings, List.of());
    }
  }

  /**
   * Holds the index against itself and against a source: each change that a sync would make is a
   * finding, and so is each document with a problem.
   *
   * @param source the source
   * @return what was found
   * @throws IllegalArgumentException as {@link #sync(Source, SyncOptions)}
   * @throws IndexingException if the source cannot be listed
   */
  public VerifyReport verify(Source source) {
    VerifyReport itself = verify();
    List<VerifyReport.Finding> findings = new ArrayList<>(itself.findings());
    SyncReport forecast = plan(source).forecast();
    for (Change change : forecast.changes()) {
      findings.add(
          new VerifyReport.Finding(
              source.name(),
              change.document().key(),
              "not as in the source: " + change.reason().label()));
    }
    for (SyncReport.Failure failure : forecast.failures()) {
      findings.add(new VerifyReport.Finding(source.name(), failure.document(), failure.reason()));
    }
    return new VerifyReport(itself.documents(), itself.chunks(), findings, List.of());
  }

  /**
   * Makes damaged documents whole, as {@link #repair(Source)} does, without a source: a document
   * whose content is damaged goes out of the index, with a problem in its place, until the next
   * sync reads it, and counts as a finding. Vectors that are damaged alone are taken from where the
   * same text has a sound one, or embedded again.
   *
   * @return what is still not as it should be, and what was repaired
   * @throws IllegalArgumentException if the index was made with another model; nothing was written
   * @throws StoreBusyException if another writer holds the store
   * @throws IndexingException if embedder or store fail; what was repaired is committed
   */
  public VerifyReport repair() {
    VerifyReport found = verify();
    return found.ok() ? found : repaired(null).report(verify());
  }

  /**
   * Makes damaged documents whole. One whose content is damaged is read again and written whole,
   * all of it in one commit; only texts of which the index has no sound vector are embedded.
   * Documents that merely changed in the source are left to a sync. Writes nothing if nothing is
   * damaged.
   *
   * @param source where damaged documents are read again
   * @return as {@link #verify(Source)}: what is still not as it should be; and what was repaired
   * @throws IllegalArgumentException as {@link #sync(Source, SyncOptions)}; nothing was written
   * @throws StoreBusyException if another writer holds the store
   * @throws IndexingException if source, embedder or store fail; what was repaired is committed
   */
  public VerifyReport repair(Source source) {
    requirePipeline(); // before anything is written
    VerifyReport found = verify();
    return found.ok() ? verify(source) : repaired(source).report(verify(source));
  }

  private Repair.Done repaired(@Nullable Source source) {
    try (StoreWriter writer = store.writer();
        Snapshot before = store.snapshot()) {
      IndexSettings.requireModel(before, requireEmbedder());
      if (source != null) {
        IndexSettings.requireRoot(before.settings(), source, false);
      }
      Remedies remedies = new Remedies(before, pipeline, source, maxDocumentBytes, clock);
      return new Repair(writer, before, requireEmbedder(), remedies).run();
    }
  }

  /**
   * Tells why a document is as it is, and what would change that. Reads the store alone and needs
   * neither embedder nor parser; with a parser it compares with the stages of this index, without
   * one with those the source was last synced with.
   *
   * @param document the document
   * @return its state
   */
  public Explanation explain(DocumentId document) {
    try (Snapshot snapshot = store.snapshot()) {
      return new ExplanationRules(snapshot, document, pipeline).explanation();
    }
  }

  /**
   * Erases a document: record, chunks, vectors, problem, and the memory that it was deleted. It is
   * not found from now on; its bytes leave the medium with {@link #compact()}. It comes back with
   * the next sync if its source still lists it. No guard asks. Needs no embedder.
   *
   * @param document the document
   * @return false if the index knew nothing of it; then nothing was written
   * @throws StoreBusyException if another writer holds the store
   * @throws IndexingException if the store fails; the document is as before
   */
  public boolean forget(DocumentId document) {
    if (!knows(document)) {
      return false;
    }
    try (StoreWriter writer = store.writer()) {
      boolean known = knows(document);
      if (known) {
        writer.commit(List.of(new Mutation.Remove(document)));
      }
      return known;
    }
  }

  private boolean knows(DocumentId document) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.state(document) != null;
    }
  }

  /**
   * Gives back the space of what was deleted, as {@link VectorStore#compact()} says. Needs no
   * embedder.
   *
   * @throws StoreBusyException if another writer holds the store
   * @throws IndexingException if the store fails; what was committed is still there
   */
  public void compact() {
    store.compact();
  }

  /**
   * Brings documents in whose chunks and vectors are at hand, such as from an export, and embeds
   * nothing. The next sync may read them again, and embeds only texts that are not among them.
   * Documents that the index knows are left as they are. Stopped at any moment, it is completed by
   * calling it again.
   *
   * @param documents the documents, each once
   * @param remember settings that a source is to have which the index does not know yet, as {@link
   *     SyncOptions#remember}
   * @return what was written
   * @throws IllegalArgumentException as {@link #requireSound}, or if the index was made with
   *     another model; the documents before the culprit may be written
   * @throws StoreBusyException if another writer holds the store
   * @throws IndexingException if the store fails; what was written is there
   */
  public CopyReport restore(Iterator<StoredDocument> documents, Map<String, String> remember) {
    return new Restore(store, requireEmbedder()).run(documents, remember);
  }

  /**
   * Checks that a document's chunks and vectors are what this index would have stored: ids and
   * embedding keys are recomputed from the texts, spans and vectors looked at. Reads no store.
   *
   * @param document the document
   * @throws IllegalArgumentException if something is not as it should be; the message says what
   */
  public void requireSound(StoredDocument document) {
    new Restore(store, requireEmbedder()).requireSound(document);
  }

  /**
   * Tells what is inside.
   *
   * @return counts, sources, model, problems
   */
  public Status status() {
    try (Snapshot snapshot = store.snapshot()) {
      Settings settings = snapshot.settings();
      List<String> sources = List.copyOf(new TreeSet<>(snapshot.sources()));
      List<Status.Quarantined> quarantined = new ArrayList<>();
      sources.forEach(source -> addQuarantined(snapshot, source, quarantined));
      return new Status(
          snapshot.counts().documents(),
          snapshot.counts().chunks(),
          sources,
          quarantined,
          settings.index().get(IndexSettings.MODEL),
          settings.dimension(),
          sources.stream()
              .map(source -> settings.source(source).get(IndexSettings.PIPELINE))
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null),
          store.info());
    }
  }

  private static void addQuarantined(
      Snapshot snapshot, String source, List<Status.Quarantined> quarantined) {
    try (Stream<DocumentState> states = snapshot.states(source)) {
      states.forEach(
          state -> {
            Problem problem = state.problem();
            if (problem != null) {
              quarantined.add(
                  new Status.Quarantined(
                      source, state.id().key(), problem.stage(), problem.reason()));
            }
          });
    }
  }

  /** Closes embedder and store. */
  @Override
  public void close() {
    queries.invalidateAll();
    try (store) {
      if (embedder != null) {
        embedder.close();
      }
    }
  }

  private Embedder requireEmbedder() {
    return required(embedder, "embedder");
  }

  private Pipeline requirePipeline() {
    return required(pipeline, "parser");
  }

  private static <T> T required(@Nullable T part, String name) {
    if (part == null) {
      throw new IllegalStateException(
          "this needs a " + name + ": RagIndex.builder()." + name + "(…)");
    }
    return part;
  }

  /** Gathers the parts of an index. Not thread-safe. */
  public static final class Builder {

    private @Nullable VectorStore store;
    private @Nullable DocumentParser parser;
    private @Nullable Embedder embedder;
    private @Nullable Chunker chunker;
    private final List<DocumentEnricher> documentEnrichers = new ArrayList<>();
    private final List<ChunkEnricher> chunkEnrichers = new ArrayList<>();
    private long maxDocumentBytes = MAX_DOCUMENT_BYTES;
    private Duration waitForWriter = Duration.ZERO;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * Where documents, chunks and vectors are kept. Needed.
     *
     * @param newStore the store; the index closes it
     * @return this
     */
    public Builder store(VectorStore newStore) {
      this.store = newStore;
      return this;
    }

    /**
     * What reads files. Needed for sync and plan, not for search.
     *
     * @param newParser the parser
     * @return this
     */
    public Builder parser(DocumentParser newParser) {
      this.parser = newParser;
      return this;
    }

    /**
     * What makes vectors. Needed for all but status, explain, forget and compact; an index has one
     * model for ever.
     *
     * @param newEmbedder the embedder; the index closes it
     * @return this
     */
    public Builder embedder(Embedder newEmbedder) {
      this.embedder = newEmbedder;
      return this;
    }

    /**
     * What cuts documents. The default is {@link Chunkers#recursive} with the limits {@link
     * ChunkLimits#forModel} gives for the embedder.
     *
     * @param newChunker the chunker, counting tokens as the embedder does
     * @return this
     */
    public Builder chunker(Chunker newChunker) {
      this.chunker = newChunker;
      return this;
    }

    /**
     * Adds a stage after parsing. Stages run in the order they were added.
     *
     * @param enricher the stage
     * @return this
     */
    public Builder documentEnricher(DocumentEnricher enricher) {
      documentEnrichers.add(enricher);
      return this;
    }

    /**
     * Adds a stage after chunking. Stages run in the order they were added.
     *
     * @param enricher the stage
     * @return this
     */
    public Builder chunkEnricher(ChunkEnricher enricher) {
      chunkEnrichers.add(enricher);
      return this;
    }

    /**
     * Most bytes a document may have; a larger one is reported and left out. The default is 100
     * MiB.
     *
     * @param bytes a positive number
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxDocumentBytes(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("bytes per document: " + bytes);
      }
      this.maxDocumentBytes = bytes;
      return this;
    }

    /**
     * How long to wait if another writer holds the store; an interrupt ends the wait. The default
     * is not to wait: what writes fails at once with {@link StoreBusyException}, which names the
     * holder. Reading never waits.
     *
     * @param patience zero or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder waitForWriter(Duration patience) {
      if (patience.isNegative()) {
        throw new IllegalArgumentException("time to wait for the writer: " + patience);
      }
      this.waitForWriter = patience;
      return this;
    }

    /** For tests that move time. */
    Builder clock(Clock newClock) {
      this.clock = newClock;
      return this;
    }

    /**
     * Makes the index.
     *
     * @return the index
     * @throws IllegalStateException if a needed part is missing
     */
    public RagIndex build() {
      return new RagIndex(this);
    }
  }
}
