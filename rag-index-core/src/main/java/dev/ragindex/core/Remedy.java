package dev.ragindex.core;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.StoredChunk;
import java.util.List;
import java.util.Map;

/**
 * How a damaged document becomes whole again.
 *
 * @param state its record from now on
 * @param layout where its chunks stand, in order
 * @param chunks the chunks to write, their vectors still to be found
 * @param done what was done, for a person to read
 * @param whole false if the document is out of the index until a sync reads it
 */
record Remedy(
    DocumentState state,
    List<Placement> layout,
    List<StoredChunk> chunks,
    String done,
    boolean whole) {

  Remedy {
    layout = List.copyOf(layout);
    chunks = List.copyOf(chunks);
  }

  Mutation put(Map<Fingerprint, float[]> vectors) {
    return new Mutation.Put(
        state,
        layout,
        chunks.stream().map(chunk -> chunk.withVector(vectors.get(chunk.embeddingKey()))).toList());
  }

  VerifyReport.Finding finding() {
    return VerifyReport.Finding.of(state.id(), done);
  }
}
