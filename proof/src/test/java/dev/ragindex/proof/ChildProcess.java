package dev.ragindex.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.store.lucene.LuceneStore;
import dev.ragindex.store.pgvector.PgVectorStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A JVM of its own that plays the scenario on an index, or holds its writer. The index is a folder
 * of Lucene's, or tables at a JDBC URL.
 */
final class ChildProcess implements AutoCloseable {

  private static final String STEP = "step ";
  private static final String HOLDING = "holding";
  private static final String WRITE = "write";

  private final Process process;
  private final BufferedReader out;
  private final Writer in;
  private int step;

  private ChildProcess(Path errors, Object... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ChildProcess.class.getName());
    for (Object arg : args) {
      command.add(arg.toString());
    }
    process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    out = process.inputReader();
    in = process.outputWriter();
  }

  /** Starts a process that goes on with the scenario, and halts at a moment of its life. */
  static ChildProcess playing(Path folder, int firstStep, int lifetime) throws IOException {
    ChildProcess child = new ChildProcess(errorsOf(folder), folder, firstStep, lifetime);
    child.step = firstStep;
    child.out.readLine(); // it has begun
    return child;
  }

  /** Starts a process that opens the index for writing and then does nothing. */
  static ChildProcess holding(Path folder) throws IOException {
    return holding(folder, errorsOf(folder));
  }

  /**
   * Starts a process that opens the index for writing and then waits for {@link #write}.
   *
   * @param index folder or JDBC URL
   * @param errors file for what it complains of
   */
  static ChildProcess holding(Object index, Path errors) throws IOException {
    ChildProcess child = new ChildProcess(errors, index);
    if (!HOLDING.equals(child.out.readLine())) {
      throw new IllegalStateException("the child failed; see " + errors);
    }
    return child;
  }

  private static Path errorsOf(Path folder) {
    return Path.of(folder + ".stderr");
  }

  /** Lets a holder write the index as it is after the first step; what becomes of it. */
  String write() throws IOException {
    in.write(WRITE + "\n");
    in.flush();
    return out.readLine();
  }

  /** Sends it a signal, such as STOP or CONT. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  long pid() {
    return process.pid();
  }

  /** Kills it as kill -9 does, and says in which step of the scenario it was. */
  int kill() throws IOException, InterruptedException {
    signal("KILL");
    return await();
  }

  /** Waits for its end, and says in which step of the scenario it was. */
  int await() throws IOException, InterruptedException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(STEP)) {
        step = Integer.parseInt(line.substring(STEP.length()));
      }
    }
    process.waitFor();
    return step;
  }

  /** Whether it came to an end that nobody forced. */
  boolean endedWell() {
    return process.exitValue() == 0;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /**
   * What the child does: {@code INDEX FIRST_STEP LIFETIME} plays, {@code INDEX} holds.
   *
   * @param args as above
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 1) {
      hold(args[0]);
    } else {
      play(args[0], Integer.parseInt(args[1]), Lifetime.halting(Integer.parseInt(args[2])));
    }
  }

  private static VectorStore open(String index) {
    if (!index.startsWith("jdbc:")) {
      return LuceneStore.at(Path.of(index));
    }
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(index);
    return PgVectorStore.at(database);
  }

  private static void play(String index, int firstStep, Lifetime life) {
    List<Scenario.Step> steps = Scenario.steps();
    System.out.println(STEP + firstStep);
    for (int i = firstStep; i < steps.size(); i++) {
      VectorStore store = new MortalStore(open(index), life);
      KillContract.call(steps.get(i), store, life, KillContract.EACH_DOCUMENT);
      System.out.println(STEP + (i + 1));
    }
  }

  private static void hold(String index) throws IOException {
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (VectorStore store = open(index);
        StoreWriter writer = store.writer()) {
      System.out.println(HOLDING);
      while (WRITE.equals(orders.readLine())) {
        System.out.println(write(writer));
      }
    }
  }

  private static String write(StoreWriter writer) {
    try {
      writer.commit(KillContract.Played.SCENARIO.getFirst().after().toBatch());
      return "written";
    } catch (RuntimeException e) {
      return "refused: " + e.getMessage();
    }
  }
}
