package dev.ragindex.tck;

import static dev.ragindex.tck.StoreData.chunk;
import static dev.ragindex.tck.StoreData.layout;
import static dev.ragindex.tck.StoreData.problem;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.StoredChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Batches that keep the rules, over few documents and texts, so that they often meet. */
final class RandomBatches {

  private static final int DOCUMENTS = 12;
  private static final int TEXTS = 25;

  private final Random random;
  private final StoreModel model;

  RandomBatches(Random random, StoreModel model) {
    this.random = random;
    this.model = model;
  }

  /** The next batch, valid for what the model holds now. */
  List<Mutation> next() {
    List<Mutation> batch = new ArrayList<>();
    Set<DocumentId> named = new HashSet<>();
    Set<Fingerprint> known = new HashSet<>(model.vectors().keySet());
    for (int left = 1 + random.nextInt(8); left > 0; left--) {
      DocumentId id = document();
      if (named.add(id)) {
        batch.add(mutation(id, known));
      }
    }
    if (random.nextInt(4) == 0) {
      String value = Integer.toString(random.nextInt());
      batch.add(
          new Mutation.Configure(
              model
                  .settings()
                  .withDimension(StoreData.DIMENSION)
                  .withIndex(Map.of("k" + random.nextInt(3), value))
                  .withSource("docs", Map.of("k", value))));
    }
    return batch;
  }

  private DocumentId document() {
    int number = random.nextInt(DOCUMENTS);
    return new DocumentId(number % 3 == 0 ? "mail" : "docs", "d" + number);
  }

  private Mutation mutation(DocumentId id, Set<Fingerprint> known) {
    return switch (random.nextInt(6)) {
      case 0 -> new Mutation.Remove(id);
      case 1 -> new Mutation.Note(noted(id));
      default -> put(id, known);
    };
  }

  private DocumentState noted(DocumentId id) {
    int chunks = model.chunks(id).size();
    if (chunks == 0 && random.nextBoolean()) {
      boolean tombstone = random.nextBoolean();
      return new DocumentState(
          id, null, tombstone ? null : problem("p"), metadata(), random.nextLong(), tombstone);
    }
    DocumentState state = StoreData.state(id, chunks, metadata());
    return random.nextBoolean() ? state : state.withProblem(problem("q"));
  }

  private Mutation.Put put(DocumentId id, Set<Fingerprint> known) {
    Map<UUID, Fingerprint> stored = new HashMap<>();
    model.chunks(id).forEach(chunk -> stored.put(chunk.id(), chunk.embeddingKey()));
    Set<String> texts = new HashSet<>();
    List<StoredChunk> all = new ArrayList<>();
    List<StoredChunk> written = new ArrayList<>();
    for (int left = random.nextInt(7); left > 0; left--) {
      String text = "text " + random.nextInt(TEXTS);
      if (texts.add(text)) {
        StoredChunk chunk = chunk(id, text, "", random.nextInt(4) == 0 ? "Heading" : "");
        all.add(chunk);
        boolean there = chunk.embeddingKey().equals(stored.get(chunk.id()));
        if (!there || random.nextInt(5) == 0) {
          boolean resolved = known.contains(chunk.embeddingKey()) && random.nextBoolean();
          written.add(resolved ? chunk.withVector(null) : chunk);
          known.add(chunk.embeddingKey());
        }
      }
    }
    return new Mutation.Put(StoreData.state(id, all.size(), metadata()), layout(all), written);
  }

  private Metadata metadata() {
    List<Metadata> some = RandomFilters.documents(random);
    return some.get(random.nextInt(some.size()));
  }
}
