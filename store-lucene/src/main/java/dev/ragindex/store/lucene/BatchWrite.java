package dev.ragindex.store.lucene;

import dev.ragindex.api.CheckedBatch;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.StoredChunk;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/**
 * Hands a checked batch to Lucene: as few Lucene documents as tell the difference.
 *
 * @param writer where to
 * @param before the commit that the batch is applied to
 */
record BatchWrite(IndexWriter writer, LuceneSnapshot before) {

  private static final BytesRef NO_LAYOUT = RecordCodec.encode(List.of());

  void write(CheckedBatch batch) throws IOException {
    for (Mutation.Remove remove : batch.removes()) {
      remove(remove.id());
    }
    for (Mutation.Put put : batch.puts()) {
      put(put);
    }
    for (Mutation.Note note : batch.notes()) {
      BytesRef layout = before.layoutBytes(note.state().id());
      record(note.state(), layout == null ? NO_LAYOUT : layout);
    }
  }

  private void remove(DocumentId id) throws IOException {
    BytesRef name = RecordFields.name(id);
    writer.deleteDocuments(
        new Term(ChunkFields.DOCUMENT, name), new Term(RecordFields.RECORD, name));
  }

  private void put(Mutation.Put put) throws IOException {
    DocumentId id = put.state().id();
    Set<UUID> stale = new HashSet<>();
    before.layout(id).forEach(placement -> stale.add(placement.chunk()));
    for (StoredChunk chunk : put.chunks()) {
      Document fields = ChunkFields.document(chunk);
      if (stale.remove(chunk.id())) {
        writer.updateDocument(ChunkFields.term(id, chunk.id()), fields);
      } else {
        writer.addDocument(fields);
      }
    }
    for (Placement placement : put.layout()) {
      stale.remove(placement.chunk());
    }
    for (UUID chunk : stale) {
      writer.deleteDocuments(ChunkFields.term(id, chunk));
    }
    record(put.state(), RecordCodec.encode(put.layout()));
  }

  private void record(DocumentState state, BytesRef layout) throws IOException {
    writer.updateDocument(RecordFields.term(state.id()), RecordFields.document(state, layout));
  }
}
