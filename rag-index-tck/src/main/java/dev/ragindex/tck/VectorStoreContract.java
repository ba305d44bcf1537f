package dev.ragindex.tck;

import static dev.ragindex.tck.StoreData.vector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Filter;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.SearchRequest.Mode;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/**
 * What every {@link VectorStore} must do. The rules and their numbers stand in the javadoc of
 * {@link VectorStore}, {@link Snapshot} and {@link StoreWriter}; the tests carry the same numbers.
 * Search modes that a store's {@link VectorStore#capabilities()} leave out must be refused.
 *
 * <p>Random tests print their seed; {@code -Dragindex.seed=...} repeats them.
 */
public abstract class VectorStoreContract extends FilterRules {

  private static final int BATCHES = 15;

  /** For subclasses. */
  protected VectorStoreContract() {}

  /**
   * Opens the store under test. Each test begins with one that was never written; called again
   * within a test, this opens the same one as another user would: a persistent store at the same
   * place, any other the same instance, whose {@code close} then changes nothing.
   *
   * @return the store; the contract closes it
   */
  @Override
  protected abstract VectorStore open();

  @RepeatedTest(5)
  void V2_V5_S3_W4_random_histories_agree_with_the_model() {
    Random random = new Random(seed());
    StoreModel model = new StoreModel();
    RandomBatches history = new RandomBatches(random, model);
    try (StoreWriter writer = store().writer()) {
      for (int i = 0; i < BATCHES; i++) {
        List<Mutation> batch = history.next();
        writer.commit(batch);
        model.apply(batch);
        try (Snapshot snapshot = store().snapshot()) {
          model.assertHeldBy(snapshot);
        }
        assertSearches(model, random);
      }
    }
    assertThat(store().check()).isEmpty();
    try (Snapshot snapshot = openAgain().snapshot()) {
      model.assertHeldBy(snapshot);
    }
  }

  private void assertSearches(StoreModel model, Random random) {
    for (int i = 0; i < 5; i++) {
      Filter filter = RandomFilters.any(random, 2);
      String text = "query " + random.nextInt();
      int top = 1 + random.nextInt(30);
      SearchRequest request = new SearchRequest(text, Mode.VECTOR, top, filter, null);
      assertNearest(
          store().search(request, vector(text)), model.nearest(vector(text), filter, null), top);
    }
  }
}
