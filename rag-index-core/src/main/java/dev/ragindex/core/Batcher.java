package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.core.EmbeddingCalls.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Gathers texts of many documents into calls of the size the embedder takes, several of them in
 * flight. A call leaves when it is full, when its first text has waited long enough, or at once if
 * the embedder has nothing else to do. Thread-safe.
 */
final class Batcher implements AutoCloseable {

  /** Short against a remote call, long against cutting the next document. */
  static final Duration PATIENCE = Duration.ofMillis(20);

  private final Embedder.Limits limits;
  private final long patienceNanos;
  private final Function<List<TextToEmbed>, List<Answer>> call;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long waitingTokens;
  private final Set<Thread> inFlight = new HashSet<>();
  private boolean alarm;
  private boolean closed;

  /**
   * Begins with nothing to do.
   *
   * @param limits what a call may carry
   * @param patience longest wait for a full call
   * @param call embeds texts within the limits, on a virtual thread of the batcher's
   */
  Batcher(
      Embedder.Limits limits, Duration patience, Function<List<TextToEmbed>, List<Answer>> call) {
    this.limits = limits;
    this.patienceNanos = patience.toNanos();
    this.call = call;
  }

  /**
   * Hands texts over and returns at once.
   *
   * @param texts texts, each with the vector to complete; exceptionally, if it cannot be had
   */
  synchronized void submit(List<Waiting> texts) {
    if (closed) {
      texts.forEach(text -> text.vector().cancel(false));
      return;
    }
    for (Waiting one : texts) {
      waiting.add(one);
      waitingTokens += one.text().tokens();
    }
    send();
  }

  /**
   * A text and where its vector is waited for.
   *
   * @param text the text
   * @param vector to be completed
   * @param since when it was handed over
   */
  record Waiting(TextToEmbed text, CompletableFuture<float[]> vector, long since) {
    Waiting(TextToEmbed text, CompletableFuture<float[]> vector) {
      this(text, vector, System.nanoTime());
    }
  }

  private void send() {
    while (inFlight.size() < limits.callsInFlight() && isDue()) {
      List<Waiting> next = take();
      Thread thread = Thread.ofVirtual().unstarted(() -> carryOut(next));
      inFlight.add(thread);
      thread.start();
    }
    if (inFlight.size() < limits.callsInFlight() && !waiting.isEmpty() && !alarm) {
      alarm = true;
      Thread.startVirtualThread(this::wake);
    }
  }

  private boolean isDue() {
    boolean full =
        waiting.size() >= limits.textsPerCall() || waitingTokens >= limits.tokensPerCall();
    return !waiting.isEmpty() && (full || inFlight.isEmpty() || age() >= patienceNanos);
  }

  private long age() {
    return System.nanoTime() - waiting.element().since();
  }

  private List<Waiting> take() {
    List<Waiting> next = new ArrayList<>();
    long tokens = 0;
    while (!waiting.isEmpty() && next.size() < limits.textsPerCall()) {
      int more = waiting.element().text().tokens();
      if (!next.isEmpty() && tokens + more > limits.tokensPerCall()) {
        break;
      }
      tokens += more;
      next.add(waiting.remove());
    }
    waitingTokens -= tokens;
    return next;
  }

  private void wake() {
    try {
      Thread.sleep(Duration.ofNanos(patienceNanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody has this thread but us
    }
    synchronized (this) {
      alarm = false;
      send();
    }
  }

  private void carryOut(List<Waiting> texts) {
    List<Answer> answers;
    try {
      answers = call.apply(texts.stream().map(Waiting::text).toList());
    } catch (RuntimeException | Error e) {
      texts.forEach(text -> text.vector().completeExceptionally(e));
      leave();
      return;
    }
    try {
      leave(); // the next call is not to wait for what becomes of these vectors
    } finally {
      for (int i = 0; i < texts.size(); i++) {
        settle(texts.get(i).vector(), answers.get(i));
      }
    }
  }

  private synchronized void leave() {
    inFlight.remove(Thread.currentThread());
    send();
  }

  private static void settle(CompletableFuture<float[]> vector, Answer answer) {
    switch (answer) {
      case Answer.Embedded embedded -> vector.complete(embedded.vector());
      case Answer.Refused refused -> vector.completeExceptionally(refused.why());
    }
  }

  /** Interrupts what is in flight and gives up what waits. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.forEach(text -> text.vector().cancel(false));
    waiting.clear();
    waitingTokens = 0;
    inFlight.forEach(Thread::interrupt);
  }
}
