package dev.ragindex.core;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.ChunkEnricher;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentEnricher;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Signature;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.EmbeddingChunker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The stages from bytes to chunks, free of any store. What a stage throws becomes an {@link
 * IndexingException} that names the stage and blames the document.
 */
final class Pipeline {

  private static final String CONTEXT_SEPARATOR = " > ";

  private final DocumentParser parser;
  private final List<DocumentEnricher> documentEnrichers;
  private final Chunker chunker;
  private final List<ChunkEnricher> chunkEnrichers;
  private final Embedder embedder;
  private final int tokensPerText;
  private final Fingerprint embedderFingerprint;
  private final Fingerprint fingerprint;
  private final Semaphore cores;

  Pipeline(
      DocumentParser parser,
      List<DocumentEnricher> documentEnrichers,
      Chunker chunker,
      List<ChunkEnricher> chunkEnrichers,
      Embedder embedder) {
    this(
        parser,
        documentEnrichers,
        chunker,
        chunkEnrichers,
        embedder,
        new Semaphore(2 * Runtime.getRuntime().availableProcessors()));
  }

  private Pipeline(
      DocumentParser parser,
      List<DocumentEnricher> documentEnrichers,
      Chunker chunker,
      List<ChunkEnricher> chunkEnrichers,
      Embedder embedder,
      Semaphore cores) {
    this.cores = cores;
    this.parser = parser;
    this.documentEnrichers = List.copyOf(documentEnrichers);
    this.chunker = chunker;
    this.chunkEnrichers = List.copyOf(chunkEnrichers);
    this.embedder = embedder;
    this.tokensPerText = embedder.limits().tokensPerText();
    this.embedderFingerprint = embedder.signature().fingerprint();
    Fingerprint.Builder chain = Fingerprint.builder("pipeline/1");
    signatures().forEach(signature -> chain.add(signature.fingerprint()));
    this.fingerprint = chain.build();
  }

  /**
   * The same stages in a run.
   *
   * @param calls gives the run's way of calling the embedder of a chunker
   */
  Pipeline cuttingBy(Function<Embedder, ? extends EmbeddingChunker.Calls> calls) {
    return chunker instanceof EmbeddingChunker embedding
        ? new Pipeline(
            parser,
            documentEnrichers,
            embedding.through(calls.apply(embedding.embedder())),
            chunkEnrichers,
            embedder,
            cores)
        : this;
  }

  /** Fingerprint of the whole chain: equal chains give equal chunks. */
  Fingerprint fingerprint() {
    return fingerprint;
  }

  /** The chain for a person to read. */
  String description() {
    return String.join(" > ", signatures().map(Signature::toString).toList());
  }

  /** The chain taken apart. */
  Chain chain() {
    return new Chain(
        parser.signature().fingerprint(),
        together(documentEnrichers.stream().map(DocumentEnricher::signature)),
        chunker.signature().fingerprint(),
        together(chunkEnrichers.stream().map(ChunkEnricher::signature)),
        embedderFingerprint);
  }

  /**
   * What a problem at a stage depends on beside the document: the stages up to it, and the resource
   * limits that matter to them.
   *
   * @param maxBytes most bytes that are read
   */
  Fingerprint upTo(Stage stage, long maxBytes) {
    Fingerprint.Builder signature = Fingerprint.builder("problem/1").add(stage.label());
    Chain chain = chain();
    switch (stage) {
      case LIST, READ -> signature.add(maxBytes);
      case PARSE -> signature.add(parser.limits().fingerprint()).add(chain.parser());
      case ENRICH ->
          signature
              .add(parser.limits().fingerprint())
              .add(chain.parser())
              .add(chain.documentEnrichers());
      case CHUNK, EMBED, STORE -> signature.add(fingerprint);
    }
    return signature.build();
  }

  private static Fingerprint together(Stream<Signature> signatures) {
    Fingerprint.Builder all = Fingerprint.builder("stages/1");
    signatures.forEach(signature -> all.add(signature.fingerprint()));
    return all.build();
  }

  /** The stage that last had a hand in a document's text. */
  Stage textStage() {
    return documentEnrichers.isEmpty() ? Stage.PARSE : Stage.ENRICH;
  }

  /** Most tokens that a chunker which embeds takes for a document, those of its chunks included. */
  long mostTokens(Document document) {
    return 2L * embedder.tokenCounter().count(document.indexedText());
  }

  private Stream<Signature> signatures() {
    return Stream.of(
            Stream.of(parser.signature()),
            documentEnrichers.stream().map(DocumentEnricher::signature),
            Stream.of(chunker.signature()),
            chunkEnrichers.stream().map(ChunkEnricher::signature),
            Stream.of(embedder.signature()))
        .flatMap(stage -> stage);
  }

  /** Bytes to text and blocks, enrichers included. */
  Document parse(SourceDocument content, StageTimes times) {
    return onCore(() -> parseNow(content, times));
  }

  private Document parseNow(SourceDocument content, StageTimes times) {
    Document parsed =
        times.in(Stage.PARSE, () -> guarded(Stage.PARSE, () -> parser.parse(content)));
    return times.in(
        Stage.ENRICH,
        () -> {
          Document document = parsed;
          for (DocumentEnricher enricher : documentEnrichers) {
            Document input = document;
            document = guarded(Stage.ENRICH, () -> enricher.enrich(input));
          }
          return document;
        });
  }

  /**
   * Many documents may wait for a service at once; of those that need a processor, no more are let
   * in than there are processors to take them up, or each would hold its memory for longer.
   */
  private <T> T onCore(Supplier<T> work) {
    cores.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      cores.release();
    }
  }

  /** What the store is to remember of a document's version. */
  DocumentState.Indexed indexed(Content content, Document document, int chunks) {
    return new DocumentState.Indexed(
        content.version(),
        content.fingerprint(),
        document.fingerprint(),
        content.metadata().fingerprint(),
        fingerprint,
        document.indexedEnd(),
        chunks);
  }

  /** What searches filter by: what the parser found, and on top what the source says. */
  static Metadata metadata(Document document, Metadata fromSource) {
    Metadata metadata = document.metadata().with("type", document.mediaType());
    String title = document.title();
    if (title != null && !title.isBlank()) {
      int end = Math.min(title.length(), MetadataValue.MAX_TEXT);
      end -= end > 0 && Character.isHighSurrogate(title.charAt(end - 1)) ? 1 : 0;
      metadata = metadata.with("title", title.substring(0, end));
    }
    return metadata.with(fromSource);
  }

  /** Text to chunks with their identities. */
  Prepared chunk(Document document, StageTimes times) {
    Supplier<Prepared> work =
        () -> times.in(Stage.CHUNK, () -> guarded(Stage.CHUNK, () -> prepare(document)));
    return embedsToCut() ? work.get() : onCore(work);
  }

  /** Whether cutting a document embeds its text, too. */
  boolean embedsToCut() {
    return chunker instanceof EmbeddingChunker;
  }

  private Prepared prepare(Document document) {
    List<Chunk> chunks = chunker.chunk(document);
    requireTiling(document, chunks);
    List<Placement> layout = new ArrayList<>(chunks.size());
    List<StoredChunk> stored = new ArrayList<>(chunks.size());
    List<Integer> tokens = new ArrayList<>(chunks.size());
    Map<String, Integer> occurrences = new HashMap<>();
    for (Chunk plain : chunks) {
      Chunk chunk = enriched(document, plain);
      Sent sent = sent(chunk);
      int occurrence = occurrences.merge(chunk.text(), 1, Integer::sum) - 1;
      StoredChunk one =
          new StoredChunk(
              StoredChunk.idOf(document.id(), chunk.text(), occurrence),
              document.id(),
              chunk.text(),
              chunk.overlap(),
              sent.context(),
              StoredChunk.embeddingKeyOf(embedderFingerprint, sent.text()),
              null);
      stored.add(one);
      tokens.add(sent.tokens());
      layout.add(
          new Placement(
              one.id(),
              one.embeddingKey(),
              chunk.start(),
              chunk.end(),
              chunk.page(),
              chunk.headings(),
              chunk.metadata()));
    }
    return new Prepared(layout, stored, tokens);
  }

  private Chunk enriched(Document document, Chunk plain) {
    Chunk chunk = plain;
    for (ChunkEnricher enricher : chunkEnrichers) {
      chunk = enricher.enrich(document, chunk);
      if (chunk.start() != plain.start() || !chunk.text().equals(plain.text())) {
        throw contractBroken(enricher.signature(), "changed a chunk's text or span");
      }
    }
    return chunk;
  }

  /** What is sent: the context within its reserve, and never so long that the rest does not fit. */
  private Sent sent(Chunk chunk) {
    TokenCounter counter = embedder.tokenCounter();
    List<String> parts = chunk.context();
    int tokens = 0;
    for (int from = 0; from <= parts.size(); from++) {
      String context = String.join(CONTEXT_SEPARATOR, parts.subList(from, parts.size()));
      if (counter.count(context) <= ChunkLimits.CONTEXT_RESERVE) {
        String text = StoredChunk.embeddedText(context, chunk.overlap(), chunk.text());
        tokens = counter.count(text);
        if (tokens <= tokensPerText) {
          return new Sent(context, text, tokens);
        }
      }
    }
    throw contractBroken(
        chunker.signature(),
        "made a chunk of " + tokens + " tokens, the model takes " + tokensPerText);
  }

  /**
   * A chunk as the embedder gets it.
   *
   * @param context what stands before, empty for none
   * @param text all of it
   * @param tokens tokens of all of it
   */
  private record Sent(String context, String text, int tokens) {}

  private void requireTiling(Document document, List<Chunk> chunks) {
    int end = 0;
    for (Chunk chunk : chunks) {
      if (chunk.start() != end
          || chunk.end() > document.indexedEnd()
          || !document.text().startsWith(chunk.text(), end)) {
        throw contractBroken(
            chunker.signature(), "left a gap or an overlap at " + end + ".." + chunk.start());
      }
      end = chunk.end();
    }
    if (end != document.indexedEnd() && !(chunks.isEmpty() && document.indexedText().isBlank())) {
      throw contractBroken(
          chunker.signature(), "stopped at " + end + " of " + document.indexedEnd());
    }
  }

  private static IndexingException contractBroken(Signature stage, String how) {
    return new IndexingException(Stage.CHUNK, Kind.CONTENT, stage.name() + " " + how);
  }

  /** The message holds no document text: of an unexpected exception only its class. */
  private static <T> T guarded(Stage stage, Supplier<T> work) {
    try {
      return work.get();
    } catch (IndexingException | RunVectors.GivenUp e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IndexingException(stage, Kind.CONTENT, "unexpected " + e.getClass().getName(), e);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new IndexingException(
          stage, Kind.CONTENT, "more nested or larger than the JVM can take: " + e.getClass(), e);
    }
  }
}
