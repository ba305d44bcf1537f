package dev.ragindex.benchmarks.sync;

import com.sun.management.OperatingSystemMXBean;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncOptions;
import dev.ragindex.core.SyncReport;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.core.memory.InMemoryStore;
import dev.ragindex.core.source.FolderSource;
import dev.ragindex.embedder.onnx.OnnxEmbedder;
import dev.ragindex.parsers.TikaParser;
import dev.ragindex.store.lucene.LuceneStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Prints the figures of syncing as a Markdown table: {@code SyncFigures FOLDER [PERCENT [ROW...]]}.
 * The folder, which is left with what was made in it, needs some 5 GB; the percentage scales the
 * number of documents; rows named at the end ({@code quiet}, {@code inserts}, {@code rename},
 * {@code growth}, {@code cpu}, {@code memory}, {@code states}) are printed alone. Run with {@code
 * -Xmx512m}, since that is one of the figures.
 */
public final class SyncFigures {

  private static final int ROUNDS = 5;

  private final PrintStream out;
  private final Path folder;
  private final int percent;

  private SyncFigures(PrintStream out, Path folder, int percent) {
    this.out = out;
    this.folder = folder;
    this.percent = percent;
  }

  /**
   * Prints the table.
   *
   * @param args folder, percentage, rows
   * @throws IOException if the folder fails
   * @throws IllegalArgumentException if there is no such row
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int percent = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    List<String> rows = Arrays.asList(args).subList(Math.min(2, args.length), args.length);
    new SyncFigures(System.out, folder, percent).print(rows);
  }

  /** Takes the measurements of a row, or of rows that share them, and prints it. */
  private interface Figure {
    void print() throws IOException;
  }

  private Map<String, Figure> figures() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put("quiet", this::quietSync);
    figures.put("inserts", this::inserts);
    figures.put("rename", this::renamedFolder);
    figures.put("growth", this::growth);
    figures.put("cpu", this::embeddingShare);
    figures.put("memory", this::memory);
    figures.put("states", this::manyStates);
    return figures;
  }

  private void print(List<String> rows) throws IOException {
    Map<String, Figure> figures = figures();
    if (!figures.keySet().containsAll(rows)) {
      throw new IllegalArgumentException("rows are " + figures.keySet() + ", not " + rows);
    }
    if (!rows.isEmpty()) {
      figures.keySet().retainAll(rows);
    }
    long most = Runtime.getRuntime().maxMemory() >> 20;
    out.printf(
        Locale.ROOT,
        "Java %s, %d processors, heap of at most %d MB, %d %% of the documents.%n%n",
        Runtime.version().feature(),
        Runtime.getRuntime().availableProcessors(),
        most,
        percent);
    out.println("| figure | goal | measured |\n|---|---|---|");
    for (Figure figure : figures.values()) {
      figure.print();
    }
  }

  private void row(String figure, String goal, String measured) {
    out.println("| " + figure + " | " + goal + " | " + measured + " |");
  }

  private int scaled(int documents) {
    return Math.max(100, (int) ((long) documents * percent / 100));
  }

  private static RagIndex index(VectorStore store) {
    return index(store, HashingEmbedder.create());
  }

  private static RagIndex index(VectorStore store, Embedder embedder) {
    return RagIndex.builder().store(store).parser(TikaParser.create()).embedder(embedder).build();
  }

  private void quietSync() throws IOException {
    int files = scaled(100_000);
    Path root = folder.resolve("files");
    writeFiles(root, files);
    FolderSource source = FolderSource.of("files", root);
    try (VectorStore store = LuceneStore.at(folder.resolve("files.index"));
        RagIndex index = index(store)) {
      index.sync(source);
      long revision = revision(store);
      long[] walks = new long[ROUNDS];
      long[] syncs = new long[ROUNDS];
      Duration read = Duration.ZERO;
      for (int i = 0; i < ROUNDS; i++) {
        walks[i] = nanos(() -> walk(root));
        long start = System.nanoTime();
        SyncReport report = index.sync(source);
        syncs[i] = System.nanoTime() - start;
        read = read.plus(report.busy().getOrDefault(Stage.READ, Duration.ZERO));
      }
      row(
          "no-change sync of %,d files".formatted(files),
          "no read, no commit, at most 3 walks of the tree",
          "%d ms reading, %d commits, %.1f ms against %.1f ms: %.2f walks"
              .formatted(
                  read.toMillis(),
                  revision(store) - revision,
                  median(syncs) / 1e6,
                  median(walks) / 1e6,
                  (double) median(syncs) / median(walks)));
      row(
          "heap of that sync",
          "at most 256 bytes a document",
          heapOfSync(index, source) / files + " bytes a document");
    }
  }

  /** What a run holds when the listing has ended, over what was there before it. */
  private static long heapOfSync(RagIndex index, FolderSource source) {
    AtomicLong most = new AtomicLong();
    long before = Heap.used();
    index.sync(
        source,
        SyncOptions.DEFAULT.listener(
            progress -> {
              if (progress.listingDone() && most.get() == 0) {
                most.set(Heap.used());
              }
            }));
    return Math.max(0, most.get() - before);
  }

  private static void writeFiles(Path root, int files) throws IOException {
    FileTime rested = FileTime.from(Instant.now().minusSeconds(3600));
    for (int i = 0; i < files; i++) {
      Path file = root.resolve("%03d/%06d.txt".formatted(i % 1_000, i));
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "This is file number " + i + ".\n");
        Files.setLastModifiedTime(file, rested);
      }
    }
  }

  private static void walk(Path root) {
    AtomicLong bytes = new AtomicLong();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              bytes.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new IllegalStateException("the files in " + root + " cannot be walked", e);
    }
  }

  private void inserts() {
    int documents = Math.max(10, percent);
    List<Long> embedded = new ArrayList<>();
    long touched = 0;
    try (RagIndex index = index(InMemoryStore.create())) {
      for (int i = 0; i < documents; i++) {
        SourceDocument before = LargeText.of(i, "");
        index.put(before);
        SyncReport report = index.put(LargeText.of(i, "One more sentence opens this text. "));
        embedded.add(report.chunks().embedded());
        touched += report.chunks().total() > 100 ? 0 : 1;
      }
    }
    long[] sorted = embedded.stream().mapToLong(Long::longValue).sorted().toArray();
    row(
        "a sentence at the top of %d documents of 1 MB".formatted(documents),
        "99th percentile at most 4 chunks embedded",
        "99th percentile %d, most %d, mean %.2f%s"
            .formatted(
                sorted[(int) Math.ceil(sorted.length * 0.99) - 1],
                sorted[sorted.length - 1],
                LongStream.of(sorted).average().orElseThrow(),
                touched > 0 ? "; documents too small" : ""));
  }

  private void renamedFolder() {
    int documents = 1_000;
    try (RagIndex index = index(InMemoryStore.create())) {
      index.sync(new SyntheticSource("before", documents, 20));
      SyncReport report = index.sync(new SyntheticSource("after", documents, 20));
      row(
          "a folder of 1,000 documents renamed",
          "0 embedded",
          "%d moved, %d chunks embedded".formatted(report.moved(), report.chunks().embedded()));
    }
  }

  private void growth() {
    for (int i = 0; i < 20; i++) {
      cpuPerDocument(1_000); // until the compilers are done
    }
    long[] small = LongStream.range(0, ROUNDS).map(i -> cpuPerDocument(1_000)).toArray();
    int many = scaled(100_000);
    long large = cpuPerDocument(many);
    row(
        "growth, 1,000 to %,d documents".formatted(many),
        "CPU of the coordinator a document within 20 %",
        "%.1f and %.1f microseconds a document: %+.0f %%"
            .formatted(median(small) / 1e3, large / 1e3, 100.0 * large / median(small) - 100));
  }

  private static long cpuPerDocument(int documents) {
    try (RagIndex index = index(new DiscardingStore())) {
      long start = cpu();
      index.sync(new SyntheticSource("growth", documents, 20));
      return (cpu() - start) / documents;
    }
  }

  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /**
   * The same documents twice, cut by the model's own tokenizer: first with vectors that cost
   * nothing, which is all but embedding, then by the model. What compiling costs, a matter of
   * seconds however many documents there are, is paid by a few documents before.
   */
  private void embeddingShare() {
    SyntheticSource source = new SyntheticSource("prose", scaled(1_000), 60);
    try (Embedder model = OnnxEmbedder.miniLm()) {
      cpuOfFirstSync("warm.index", new FreeVectors(model), new SyntheticSource("warm", 200, 60));
      long rest = cpuOfFirstSync("rest.index", new FreeVectors(model), source);
      long all = cpuOfFirstSync("minilm.index", model, source);
      row(
          "first index of %,d documents with MiniLM".formatted(source.documents()),
          "embedding at least 90 % of the process's CPU",
          "%.1f s, of which %.1f s without embedding: %.1f %% embedding"
              .formatted(all / 1e9, rest / 1e9, 100.0 * (all - rest) / all));
    }
  }

  private long cpuOfFirstSync(String name, Embedder embedder, SyntheticSource source) {
    try (RagIndex index = index(LuceneStore.at(folder.resolve(name)), embedder)) {
      long start = cpu();
      SyncReport report = index.sync(source);
      requireAll(report.added(), source);
      return cpu() - start;
    }
  }

  private void memory() {
    SyntheticSource source = new SyntheticSource("memory", scaled(100_000), 180);
    List<Long> used = new ArrayList<>();
    AtomicLong next = new AtomicLong(1);
    SyncOptions watching =
        SyncOptions.DEFAULT.listener(
            progress -> {
              long now = next.get();
              if (progress.done() >= source.documents() * now / 4
                  && next.compareAndSet(now, now + 1)) {
                used.add(Heap.used() >> 20);
              }
            });
    try (RagIndex open = index(LuceneStore.at(folder.resolve("memory.index")))) {
      long start = System.nanoTime();
      SyncReport report = open.sync(source, watching);
      row(
          "%,d documents of 10 KB".formatted(source.documents()),
          "heap flat under 512 MB",
          "%s MB in use at each quarter; %,d added, %,d chunks in %.0f s"
              .formatted(
                  used,
                  report.added(),
                  report.chunks().total(),
                  (System.nanoTime() - start) / 1e9));
      requireAll(report.added(), source);
    }
  }

  /** Of a chunk each, with vectors of a few numbers: the records are what is planned with. */
  private void manyStates() {
    SyntheticSource source = new SyntheticSource("states", scaled(1_000_000), 1);
    try (RagIndex open =
        RagIndex.builder()
            .store(LuceneStore.at(folder.resolve("states.index")))
            .parser(new PlainText())
            .embedder(new FewDimensions())
            .build()) {
      long start = System.nanoTime();
      SyncReport report = open.sync(source);
      requireAll(report.added(), source);
      long planning = System.nanoTime();
      SyncReport forecast = open.plan(source).forecast();
      requireAll(forecast.unchanged(), source);
      row(
          "%,d states planned".formatted(source.documents()),
          "within 512 MB",
          "%d unchanged in %.1f s, heap of at most %d MB; indexed in %.0f s"
              .formatted(
                  forecast.unchanged(),
                  (System.nanoTime() - planning) / 1e9,
                  Runtime.getRuntime().maxMemory() >> 20,
                  (planning - start) / 1e9));
    }
  }

  private static void requireAll(long documents, SyntheticSource source) {
    if (documents != source.documents()) {
      throw new IllegalStateException(
          "%d of %d documents; the folder must not hold indexes of an earlier run"
              .formatted(documents, source.documents()));
    }
  }

  private static long revision(VectorStore store) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.revision();
    }
  }

  private static long nanos(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
