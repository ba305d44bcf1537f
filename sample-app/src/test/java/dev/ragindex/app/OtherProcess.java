package dev.ragindex.app;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command line as a process that file permissions bind. They do not bind root, so there its
 * power to pass over them is taken away ({@code setpriv}, of util-linux).
 */
final class OtherProcess {

  private static final String OVERRIDE = "-dac_override,-dac_read_search";

  private final Map<String, String> environment = new HashMap<>();

  /** Gives it a variable of the environment. */
  OtherProcess with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Outcome run(Object... args) throws IOException, InterruptedException {
    return run(process -> {}, args);
  }

  /** Runs a command, and does something to it meanwhile. */
  Outcome run(Meanwhile meanwhile, Object... args) throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command(args)).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    meanwhile.with(process);
    int exit = process.waitFor();
    return new Outcome(exit, read(out), read(err));
  }

  private static List<String> command(Object... args) {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(
          List.of("setpriv", "--bounding-set=" + OVERRIDE, "--inh-caps=" + OVERRIDE, "--"));
    }
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    Stream.of(args).map(String::valueOf).forEach(command::add);
    return command;
  }

  private static String read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Files.delete(file);
    return text;
  }

  /** What is done to a running process. */
  interface Meanwhile {
    void with(Process process) throws IOException, InterruptedException;
  }
}
