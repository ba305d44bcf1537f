package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.UnknownEmbeddingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gathers outcomes into batches and commits them, on a thread of its own.
 *
 * <p>A batch is committed when it has enough chunks or documents, or after a while: what a crash
 * can cost is the embedding of one batch. If a batch is refused, its outcomes are committed one by
 * one, so that only the culprit gets a problem. If the store itself fails, nothing more is written.
 */
final class BatchWriter implements Sink, AutoCloseable {

  private static final Outcome END = Outcome.quiet(new DocumentId("end", "end"), tally -> {});

  private final Cadence cadence;
  private final StoreWriter writer;
  private final Snapshot before;
  private final RunVectors vectors;
  private final Tally tally;
  private final StageTimes times;
  private final BiFunction<Outcome, IllegalArgumentException, Outcome> blame;
  private final BlockingQueue<Outcome> queue = new ArrayBlockingQueue<>(16);
  private final Thread thread;

  private final Settings wanted;
  private Settings written;
  private volatile @Nullable Throwable failure;

  /**
   * When a batch is committed: once it has so many chunks, or as many documents, or so long after
   * its first outcome.
   *
   * @param chunks most chunks, and most documents, of a batch
   * @param patience longest time that an outcome waits
   */
  record Cadence(int chunks, Duration patience) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    Cadence {
      if (chunks < 1 || patience.isNegative() || patience.isZero()) {
        throw new IllegalArgumentException(
            "to commit every %d chunks or %s".formatted(chunks, patience));
      }
    }
  }

  /**
   * Starts the thread.
   *
   * @param cadence when to commit
   * @param writer where to commit
   * @param before the store when the run began: vectors that the run removes are still there
   * @param wanted what the index is to remember, committed with the first batch
   * @param blame turns a refused outcome into one that records the document's problem
   */
  BatchWriter(
      Cadence cadence,
      StoreWriter writer,
      Snapshot before,
      RunVectors vectors,
      Tally tally,
      StageTimes times,
      Settings wanted,
      BiFunction<Outcome, IllegalArgumentException, Outcome> blame) {
    this.cadence = cadence;
    this.writer = writer;
    this.before = before;
    this.vectors = vectors;
    this.tally = tally;
    this.times = times;
    this.wanted = wanted;
    this.written = before.settings();
    this.blame = blame;
    this.thread = Thread.ofPlatform().name("rag-index-batches").start(this::work);
  }

  /** What writes nothing takes effect at once. */
  @Override
  public void add(Outcome outcome) {
    if (outcome.mutations().isEmpty()) {
      outcome.effect().accept(tally);
    } else {
      hand(outcome);
    }
  }

  /** Hands an outcome over; waits while the writer is behind. */
  private void hand(Outcome outcome) {
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(outcome);
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the outcome is paid for: it is written before the run ends
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean failed() {
    return failure != null;
  }

  @Override
  public void requireSound() {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  /** Commits what is left, without telling whether that went well: for a run that failed anyway. */
  @Override
  public void close() {
    if (thread.isAlive()) {
      end();
    }
  }

  /** Commits what is left, and throws what the store threw, if it did. */
  void finish() {
    end();
    requireSound();
  }

  private void end() {
    hand(END);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    List<Outcome> batch = new ArrayList<>();
    int chunks = 0;
    long patience = cadence.patience().toNanos();
    long deadline = Long.MAX_VALUE;
    for (boolean end = false; !end; ) {
      Outcome next = poll(batch.isEmpty() ? patience : deadline - System.nanoTime());
      end = END.equals(next);
      if (next != null && !end) {
        deadline = batch.isEmpty() ? System.nanoTime() + patience : deadline;
        batch.add(next);
        chunks += next.chunks();
      }
      boolean full = chunks >= cadence.chunks() || batch.size() >= cadence.chunks();
      if (end || full || (!batch.isEmpty() && System.nanoTime() >= deadline)) {
        write(batch);
        batch.clear();
        chunks = 0;
      }
    }
  }

  /** With the first vectors comes what tells their model from others. */
  private Settings settings() {
    String canaries = vectors.canaries();
    return canaries == null ? wanted : wanted.withIndex(Map.of(IndexSettings.CANARIES, canaries));
  }

  private @Nullable Outcome poll(long nanos) {
    try {
      return queue.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return null; // nobody has this thread but us; the next round decides
    }
  }

  private void write(List<Outcome> batch) {
    try {
      if (failure == null && (!batch.isEmpty() || !settings().equals(written))) {
        times.in(Stage.STORE, () -> commitOrSplit(batch));
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      batch.forEach(outcome -> vectors.release(outcome.claimed()));
    }
  }

  private boolean commitOrSplit(List<Outcome> batch) {
    try {
      commit(batch);
    } catch (UnknownEmbeddingException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      commit(List.of());
      batch.forEach(this::commitAlone);
    }
    return true;
  }

  private void commitAlone(Outcome outcome) {
    try {
      commit(List.of(outcome));
    } catch (UnknownEmbeddingException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      commit(List.of(blame.apply(outcome, e)));
    }
  }

  private void commit(List<Outcome> outcomes) {
    List<Mutation> mutations = new ArrayList<>();
    Settings settings = settings();
    if (!settings.equals(written)) {
      mutations.add(new Mutation.Configure(settings));
    }
    outcomes.forEach(outcome -> mutations.addAll(outcome.mutations()));
    try {
      writer.commit(mutations);
    } catch (UnknownEmbeddingException e) {
      writer.commit(withVectors(mutations, before.vectors(e.keys())));
    }
    written = settings;
    outcomes.forEach(outcome -> outcome.effect().accept(tally));
  }

  /** Vectors that this run removed before another document asked for them. */
  private static List<Mutation> withVectors(
      List<Mutation> mutations, Map<Fingerprint, float[]> found) {
    return mutations.stream().map(mutation -> withVectors(mutation, found)).toList();
  }

  private static Mutation withVectors(Mutation mutation, Map<Fingerprint, float[]> found) {
    return switch (mutation) {
      case Mutation.Put put ->
          new Mutation.Put(
              put.state(),
              put.layout(),
              put.chunks().stream().map(chunk -> withVector(chunk, found)).toList());
      case Mutation.Note note -> note;
      case Mutation.Remove remove -> remove;
      case Mutation.Configure settings -> settings;
    };
  }

  private static StoredChunk withVector(StoredChunk chunk, Map<Fingerprint, float[]> found) {
    return chunk.vector() == null ? chunk.withVector(found.get(chunk.embeddingKey())) : chunk;
  }
}
