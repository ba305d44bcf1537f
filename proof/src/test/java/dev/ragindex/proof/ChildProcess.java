package dev.ragindex.proof;

import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.store.lucene.LuceneStore;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that plays the scenario on an index in a folder, or holds its writer. */
final class ChildProcess implements AutoCloseable {

  private static final String STEP = "step ";
  private static final String HOLDING = "holding";

  private final Process process;
  private final BufferedReader out;
  private int step;

  private ChildProcess(Object... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ChildProcess.class.getName());
    for (Object arg : args) {
      command.add(arg.toString());
    }
    File errors = new File(args[0] + ".stderr");
    process = new ProcessBuilder(command).redirectError(errors).start();
    out = process.inputReader();
  }

  /** Starts a process that goes on with the scenario, and halts at a moment of its life. */
  static ChildProcess playing(Path folder, int firstStep, int lifetime) throws IOException {
    ChildProcess child = new ChildProcess(folder, firstStep, lifetime);
    child.step = firstStep;
    child.out.readLine(); // it has begun
    return child;
  }

  /** Starts a process that opens the index for writing and then does nothing. */
  static ChildProcess holding(Path folder) throws IOException {
    ChildProcess child = new ChildProcess(folder);
    if (!HOLDING.equals(child.out.readLine())) {
      throw new IllegalStateException("the child failed; see " + folder + ".stderr");
    }
    return child;
  }

  long pid() {
    return process.pid();
  }

  /** Kills it as kill -9 does, and says in which step of the scenario it was. */
  int kill() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-9", Long.toString(pid())).start().waitFor();
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
   * What the child does: {@code FOLDER FIRST_STEP LIFETIME} plays, {@code FOLDER} holds.
   *
   * @param args as above
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    if (args.length == 1) {
      hold(folder);
    } else {
      play(folder, Integer.parseInt(args[1]), Lifetime.halting(Integer.parseInt(args[2])));
    }
  }

  private static void play(Path folder, int firstStep, Lifetime life) {
    List<Scenario.Step> steps = Scenario.steps();
    System.out.println(STEP + firstStep);
    for (int i = firstStep; i < steps.size(); i++) {
      VectorStore store = new MortalStore(LuceneStore.at(folder), life);
      KillContract.call(steps.get(i), store, life, KillContract.EACH_DOCUMENT);
      System.out.println(STEP + (i + 1));
    }
  }

  private static void hold(Path folder) throws IOException {
    try (VectorStore store = LuceneStore.at(folder);
        StoreWriter writer = store.writer()) {
      System.out.println(HOLDING);
      System.in.read();
    }
  }
}
