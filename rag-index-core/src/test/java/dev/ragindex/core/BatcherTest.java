package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Embedder.Limits;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Stage;
import dev.ragindex.core.Batcher.Waiting;
import dev.ragindex.core.EmbeddingCalls.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatcherTest {

  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofHours(1);

  private final ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final CountDownLatch go = new CountDownLatch(1);

  @Test
  void texts_of_many_documents_share_full_calls() {
    Batcher batcher = new Batcher(new Limits(100, 10, 1_000, 1), NEVER, this::answer);
    List<Waiting> first = texts(1, 1);
    batcher.submit(first);
    List<Waiting> all = new ArrayList<>(first);
    for (int document = 0; document < 25; document++) {
      List<Waiting> texts = texts(2, 1);
      batcher.submit(texts);
      all.addAll(texts);
    }
    go.countDown();
    all.forEach(text -> assertThat(text.vector().join()[0]).isEqualTo(1));
    assertThat(sizes).containsExactly(1, 10, 10, 10, 10, 10);
  }

  @Test
  void a_call_holds_no_more_tokens_than_allowed() {
    Batcher batcher = new Batcher(new Limits(100, 50, 100, 1), NEVER, this::answer);
    go.countDown();
    List<Waiting> texts = texts(10, 40);
    batcher.submit(texts);
    texts.forEach(text -> text.vector().join());
    assertThat(sizes).containsExactly(2, 2, 2, 2, 2);
  }

  @Test
  void a_text_longer_than_a_call_goes_alone() {
    Batcher batcher = new Batcher(new Limits(100, 50, 100, 1), NEVER, this::answer);
    go.countDown();
    List<Waiting> texts = texts(2, 500);
    batcher.submit(texts);
    texts.forEach(text -> text.vector().join());
    assertThat(sizes).containsExactly(1, 1);
  }

  @Test
  void an_idle_embedder_is_asked_at_once() {
    Batcher batcher = new Batcher(new Limits(100, 50, 1_000, 2), NEVER, this::answer);
    go.countDown();
    List<Waiting> texts = texts(1, 1);
    batcher.submit(texts);
    texts.getFirst().vector().join();
    assertThat(sizes).containsExactly(1);
  }

  @Test
  void nobody_waits_longer_than_the_patience_for_a_full_call() throws InterruptedException {
    Batcher batcher = new Batcher(new Limits(100, 50, 1_000, 2), SOON, this::answer);
    batcher.submit(texts(1, 1));
    batcher.submit(texts(1, 1));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (sizes.size() < 2 && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    assertThat(sizes).containsExactly(1, 1);
    go.countDown();
  }

  @Test
  void no_more_calls_are_in_flight_than_allowed() {
    Batcher batcher = new Batcher(new Limits(100, 2, 1_000, 3), SOON, this::answer);
    List<Waiting> texts = texts(200, 1);
    batcher.submit(texts);
    go.countDown();
    texts.forEach(text -> text.vector().join());
    assertThat(mostInFlight.get()).isEqualTo(3);
    assertThat(sizes).hasSize(100);
  }

  @Test
  void a_failed_call_fails_its_texts_and_no_others() {
    IndexingException down =
        new IndexingException(Stage.EMBED, IndexingException.Kind.INFRASTRUCTURE, "down");
    AtomicInteger calls = new AtomicInteger();
    Batcher batcher =
        new Batcher(
            new Limits(100, 2, 1_000, 1),
            SOON,
            texts -> {
              if (calls.incrementAndGet() == 1) {
                throw down;
              }
              return answers(texts);
            });
    List<Waiting> texts = texts(4, 1);
    batcher.submit(texts);
    for (Waiting failed : texts.subList(0, 2)) {
      assertThatThrownBy(() -> failed.vector().join())
          .isInstanceOf(CompletionException.class)
          .hasCause(down);
    }
    assertThat(texts.get(3).vector().join()).hasSize(1);
  }

  private List<Answer> answer(List<TextToEmbed> texts) {
    sizes.add(texts.size());
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      go.await();
      Thread.sleep(1);
      return answers(texts);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts", e);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private static List<Answer> answers(List<TextToEmbed> texts) {
    return texts.stream()
        .<Answer>map(text -> new Answer.Embedded(new float[] {text.text().length()}))
        .toList();
  }

  private static List<Waiting> texts(int count, int tokens) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Waiting(new TextToEmbed("x", tokens), new CompletableFuture<>()))
        .toList();
  }
}
