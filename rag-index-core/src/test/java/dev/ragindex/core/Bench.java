package dev.ragindex.core;

import dev.ragindex.api.ChunkEnricher;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentEnricher;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Signature;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An index in memory over a map of texts, with stages that a test changes. */
final class Bench {

  final PickyStore store = new PickyStore(InMemoryStore.create());
  final MapSource source = new MapSource();
  final CountingEmbedder embedder = new CountingEmbedder("counting");
  final List<DocumentEnricher> documentEnrichers = new ArrayList<>();
  final List<ChunkEnricher> chunkEnrichers = new ArrayList<>();
  DocumentParser parser = new ParagraphParser(1);
  int maxTokens = 40;
  UnaryOperator<RagIndex.Builder> more = builder -> builder;

  RagIndex index() {
    RagIndex.Builder builder =
        RagIndex.builder()
            .store(store)
            .parser(parser)
            .embedder(embedder)
            .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(maxTokens)));
    documentEnrichers.forEach(builder::documentEnricher);
    chunkEnrichers.forEach(builder::chunkEnricher);
    return more.apply(builder).build();
  }

  SyncReport sync() {
    return sync(SyncOptions.DEFAULT);
  }

  SyncReport sync(SyncOptions options) {
    return index().sync(source, options);
  }

  SourceDocument document(String key) {
    return source.document(key);
  }

  static DocumentId id(String key) {
    return new DocumentId("notes", key);
  }

  DocumentState state(String key) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.state(id(key));
    }
  }

  String text(String key) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.chunks(id(key)).stream().map(StoredChunk::text).collect(Collectors.joining());
    }
  }

  long revision() {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.revision();
    }
  }

  /** What was committed since so many batches. */
  List<Mutation> committedSince(int batches) {
    return store.committed.stream().skip(batches).flatMap(List::stream).toList();
  }

  static String prose(int seed, int sentences) {
    return IntStream.range(0, sentences)
        .mapToObj(i -> "Sentence %d of text %d says something of its own.".formatted(i, seed))
        .collect(Collectors.joining("\n\n"));
  }

  /** A parser that does something else first, under its own version. */
  static DocumentParser parser(int version, UnaryOperator<SourceDocument> first) {
    ParagraphParser paragraphs = new ParagraphParser(version);
    return new DocumentParser() {
      @Override
      public Signature signature() {
        return Signature.of("wrapped", version);
      }

      @Override
      public Signature limits() {
        return paragraphs.limits();
      }

      @Override
      public Document parse(SourceDocument source) {
        return paragraphs.parse(first.apply(source));
      }
    };
  }
}
