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
import dev.ragindex.api.RateLimits;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vector index that is kept true to its sources. Thread-safe: one thread at a time writes, others
 * wait for their turn, and searches go on meanwhile.
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
 * <p>A caller that knows what changed says so: {@link #sync(Source, Collection)} for some keys of a
 * source, {@link #put} and {@link #delete} for single documents, in order of a stream's numbers or
 * without. All of them leave the same records, so they can be mixed.
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
  private final @Nullable Setup setup;
  private final Clock clock;
  private final Pace pace;
  private final VectorCache paidFor = new VectorCache();
  private final WriteTurn turn = new WriteTurn();
  private final Cache<String, float[]> queries =
      Caffeine.newBuilder().maximumSize(QUERIES_CACHED).build();

  private RagIndex(Builder builder) {
    VectorStore given = required(builder.store, "store");
    this.store =
        builder.waitForWriter.isZero() ? given : new WaitingStore(given, builder.waitForWriter);
    this.embedder = builder.embedder;
    this.clock = builder.clock;
    this.pace = Pace.within(builder.rateLimits);
    this.setup = builder.parser == null ? null : setup(builder.parser, builder);
  }

  private Setup setup(DocumentParser parser, Builder builder) {
    Embedder ready = requireEmbedder();
    return new Setup(
        store,
        pipeline(parser, ready, builder),
        embedding(),
        builder.maxDocumentBytes,
        builder.cadence,
        builder.grace,
        builder.clock);
  }

  private Embedding embedding() {
    return new Embedding(requireEmbedder(), paidFor, pace);
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
   * @throws StoreBusyException if another process, or another index, holds the store
   * @throws SyncCancelledException if the calling thread is interrupted or the index closed: what
   *     was in flight is committed as far as it came to an end within 20 seconds, nothing was
   *     deleted, the next run goes on
   * @throws CancellationException if the calling thread is interrupted while another one writes
   * @throws IndexingException if the source cannot be listed, or embedder or store fail: what was
   *     finished is committed, the next run goes on
   */
  public SyncReport sync(Source source, SyncOptions options) {
    return sync(new Scope.Whole(source), options);
  }

  /**
   * Brings the index up to date with some documents of a source, for a caller that knows which
   * changed. Each is looked up by {@link Source#find}; no other document is looked at.
   *
   * @param source the source
   * @param keys keys of documents that came, changed or went
   * @return what was done; {@code chunks().total()} is of these documents alone
   * @throws IllegalArgumentException as {@link #sync(Source, SyncOptions)}
   * @throws IndexingException as {@link #sync(Source, SyncOptions)}
   */
  public SyncReport sync(Source source, Collection<String> keys) {
    return sync(source, keys, SyncOptions.DEFAULT);
  }

  /**
   * Brings the index up to date with some documents of a source, for a caller that knows which
   * changed. Each is looked up by {@link Source#find}; no other document is looked at. A document
   * that is not there is deleted, if the guard lets it; one that the source cannot tell about is
   * left alone and reported.
   *
   * @param source the source
   * @param keys keys of documents that came, changed or went
   * @param options how to run
   * @return what was done; {@code chunks().total()} is of these documents alone
   * @throws IllegalArgumentException as {@link #sync(Source, SyncOptions)}
   * @throws StoreBusyException as {@link #sync(Source, SyncOptions)}
   * @throws SyncCancelledException as {@link #sync(Source, SyncOptions)}
   * @throws IndexingException as {@link #sync(Source, SyncOptions)}
   */
  public SyncReport sync(Source source, Collection<String> keys, SyncOptions options) {
    return sync(new Scope.Keys(source, Set.copyOf(keys)), options);
  }

  private SyncReport sync(Scope scope, SyncOptions options) {
    Setup ready = requireSetup();
    return logged("synced", () -> new SyncRun(ready, scope, options).run());
  }

  /** Waits for its turn, runs, and logs what was done. */
  private SyncReport logged(String what, Supplier<SyncReport> run) {
    try {
      SyncReport report = turn.take(run);
      paidFor.clear(); // all of it is in the store
      log(what, report);
      return report;
    } catch (SyncCancelledException e) {
      log("cancelled", e.report());
      throw e;
    }
  }

  private static void log(String how, SyncReport report) {
    LOG.info(
        "{} '{}' in {} ms: {} listed, {} added, {} updated, {} patched, {} moved, {} deleted,"
            + " {} with problems, {} chunks embedded",
        how,
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
  }

  /**
   * Brings one document in, or up to date, for a caller that has it in hand. What is equal to what
   * is indexed costs nothing. A deleted document comes back.
   *
   * <p>Each call opens the store's writer, commits, and waits for the disk: tens of milliseconds
   * with Lucene. Whoever has many documents lets a {@link Source} list them.
   *
   * @param document the document
   * @return what was done
   * @throws IllegalArgumentException if the index was made with another model
   * @throws StoreBusyException if another process holds the store
   * @throws CancellationException if the thread is interrupted or the index closed; nothing was
   *     written
   * @throws IndexingException if embedder or store fail; nothing was written
   */
  public SyncReport put(SourceDocument document) {
    return event(document.id(), null, run -> run.put(document));
  }

  /**
   * Brings one document in, or up to date, as of a change in an ordered stream. A late change (one
   * whose number is lower than that of a change that was applied, or equal to it unless that ended
   * in a problem) does nothing and is reported as unchanged. So a stream may be delivered more than
   * once, and out of order as long as each document's last change arrives.
   *
   * @param document the document
   * @param sequence number of the change, from 1 on: a log position, an offset plus one
   * @return what was done
   * @throws IllegalArgumentException if the number is not positive, or as {@link
   *     #put(SourceDocument)}
   * @throws StoreBusyException as {@link #put(SourceDocument)}
   * @throws IndexingException as {@link #put(SourceDocument)}
   */
  public SyncReport put(SourceDocument document, long sequence) {
    return event(document.id(), requirePositive(sequence), run -> run.put(document));
  }

  /**
   * Deletes one document, without guard. A tombstone stays, so that a late change does not bring it
   * back, and a listing only if its bytes differ from the ones deleted.
   *
   * @param document the document
   * @return what was done
   * @throws IllegalArgumentException as {@link #put(SourceDocument)}
   * @throws StoreBusyException as {@link #put(SourceDocument)}
   * @throws IndexingException if the store fails; nothing was written
   */
  public SyncReport delete(DocumentId document) {
    return event(document, null, EventRun::delete);
  }

  /**
   * Deletes one document, without guard, as of a change in an ordered stream; see {@link
   * #put(SourceDocument, long)} for late changes. A tombstone stays, also of a document that the
   * index never had.
   *
   * @param document the document
   * @param sequence number of the change, from 1 on
   * @return what was done
   * @throws IllegalArgumentException as {@link #put(SourceDocument, long)}
   * @throws StoreBusyException as {@link #put(SourceDocument)}
   * @throws IndexingException if the store fails; nothing was written
   */
  public SyncReport delete(DocumentId document, long sequence) {
    return event(document, requirePositive(sequence), EventRun::delete);
  }

  private SyncReport event(
      DocumentId document, @Nullable Long sequence, Function<EventRun, SyncReport> change) {
    Setup ready = requireSetup();
    SyncReport report = turn.take(() -> change.apply(new EventRun(ready, document, sequence)));
    paidFor.clear(); // all of it is in the store, or to be erased
    return report;
  }

  private static long requirePositive(long sequence) {
    if (sequence < 1) {
      throw new IllegalArgumentException(
          "changes are numbered from 1 on, this one is " + sequence + "; of an offset, add 1");
    }
    return sequence;
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
   * Foresees what {@link #sync(Source, SyncOptions)} would do now. Writes, creates and embeds
   * nothing, and needs no lock. Costs are estimated, or counted if {@link SyncOptions#exactly()}
   * asks for it.
   *
   * @param source what would be indexed
   * @param options how it would run
   * @return the plan
   * @throws IllegalArgumentException as {@link #sync(Source, SyncOptions)}
   * @throws IndexingException if the source cannot be listed
   */
  public Plan plan(Source source, SyncOptions options) {
    Setup ready = requireSetup();
    try (Snapshot snapshot = store.snapshot()) {
      return new PlanRun(ready, snapshot, source, options).run();
    }
  }

  /**
   * Carries out a plan that was looked at.
   *
   * @param plan the plan
   * @param source the source it was made for
   * @return what was done
   * @throws IllegalArgumentException as {@link #apply(Plan, Source, SyncOptions)}
   * @throws IndexingException as {@link #apply(Plan, Source, SyncOptions)}
   */
  public SyncReport apply(Plan plan, Source source) {
    return apply(plan, source, SyncOptions.DEFAULT);
  }

  /**
   * Carries out a plan that was looked at, and nothing else. Deletions that it lists as withheld
   * are carried out, too. A document that moved on since the plan was made, in the source or in the
   * index, is left as it is and reported as deferred; one that is indexed as planned already is
   * unchanged, so a plan that was interrupted can be applied again. The tokens of an exact plan are
   * a ceiling.
   *
   * @param plan the plan
   * @param source the source it was made for
   * @param options what to remember and who listens; all else is as it was when the plan was made
   * @return what was done; listed are the plan's documents but those deleted
   * @throws IllegalArgumentException if the plan was made for another source or root, with another
   *     model or pipeline, or for an index that this one is older than; nothing was written
   * @throws StoreBusyException if another writer holds the store
   * @throws SyncCancelledException if the calling thread is interrupted, or the index closed: what
   *     was finished is committed
   * @throws IndexingException if embedder or store fail: what was finished is committed
   */
  public SyncReport apply(Plan plan, Source source, SyncOptions options) {
    Setup ready = requireSetup();
    return logged("applied a plan to", () -> new ApplyRun(ready, plan, source, options).run());
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
   * same text has a sound one, or embedded again. Chunks that no record accounts for are deleted.
   *
   * @return what is still not as it should be, and what was repaired
   * @throws IllegalArgumentException if the index was made with another model; nothing was written
   * @throws StoreBusyException if another writer holds the store
   * @throws IndexingException if embedder or store fail; what was repaired is committed
   */
  public VerifyReport repair() {
    VerifyReport found = verify();
    return found.ok() ? found : turn.take(() -> repaired(null)).report(verify());
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
    requireSetup(); // before anything is written
    VerifyReport found = verify();
    return found.ok() ? verify(source) : turn.take(() -> repaired(source)).report(verify(source));
  }

  private Repair.Done repaired(@Nullable Source source) {
    try (StoreWriter writer = store.writer()) {
      try (Snapshot found = store.snapshot()) {
        requireMayRepair(found, source); // before anything is written
      }
      long strays = writer.sweep();
      try (Snapshot before = store.snapshot();
          RunVectors cutting =
              new RunVectors(embedding(), store, before, new StageTimes(), new TokenBudget(null))) {
        Setup ready = setup == null ? null : setup.cuttingBy(cutting::forCutting);
        Remedies remedies = new Remedies(before, ready, source, clock);
        return new Repair(writer, before, embedding(), remedies).run().swept(strays);
      }
    }
  }

  private void requireMayRepair(Snapshot snapshot, @Nullable Source source) {
    IndexSettings.requireModel(snapshot, requireEmbedder());
    if (source != null) {
      IndexSettings.requireRoot(snapshot.settings(), source, false);
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
      return new ExplanationRules(snapshot, document, setup).explanation();
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
    return knows(document) && turn.take(() -> erase(document));
  }

  private boolean erase(DocumentId document) {
    paidFor.clear();
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
    turn.take(
        () -> {
          store.compact();
          return true;
        });
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
    Restore restore = new Restore(store, requireEmbedder());
    return turn.take(() -> restore.run(documents, remember));
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

  /**
   * Closes embedder and store. A run that is under way in another thread is cancelled first, see
   * {@link #sync(Source, SyncOptions)}, and its end waited for.
   *
   * @throws IllegalStateException if called by the thread that runs a sync, from a listener
   */
  @Override
  public void close() {
    turn.close(this::closeParts);
  }

  private void closeParts() {
    queries.invalidateAll();
    paidFor.clear();
    try (store) {
      if (embedder != null) {
        embedder.close();
      }
    }
  }

  private Embedder requireEmbedder() {
    return required(embedder, "embedder");
  }

  private Setup requireSetup() {
    return required(setup, "parser");
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
    private RateLimits rateLimits = RateLimits.UNKNOWN;
    private BatchWriter.Cadence cadence = new BatchWriter.Cadence(1_000, Duration.ofSeconds(5));
    private Duration grace = Duration.ofSeconds(20);
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
     * Keeps calls of the embedder below a rate, all runs of this index together. What the model's
     * service says of its own limits is kept to without this; nothing learned goes above it.
     *
     * @param limits most requests and tokens a minute; see {@link RateLimits#perMinute}
     * @return this
     */
    public Builder rateLimits(RateLimits limits) {
      this.rateLimits = limits;
      return this;
    }

    /**
     * How often a run commits: what a crash can cost is the embedding of so much, or of one
     * document. The default is 1,000 chunks, which may be as many documents, or 5 seconds. More
     * often costs time, since each commit waits for the disk; more rarely costs memory.
     *
     * @param chunks most chunks of a commit, those of a larger document aside
     * @param patience longest time that a finished document waits to be committed
     * @return this
     * @throws IllegalArgumentException if one of them is not positive
     */
    public Builder commitEvery(int chunks, Duration patience) {
      this.cadence = new BatchWriter.Cadence(chunks, patience);
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

    /** For tests that do not want to wait for what never ends. */
    Builder gracePeriod(Duration newGrace) {
      this.grace = newGrace;
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
