package dev.ragindex.benchmarks.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * What ran Java code on a processor, as Flight Recorder saw it every 10 ms: for each sample the
 * names of the classes on the stack, the innermost first.
 *
 * @param stacks the samples
 */
record CpuSamples(List<List<String>> stacks) {

  private static final Duration PERIOD = Duration.ofMillis(10);

  /** Samples all threads while something is done. */
  static CpuSamples of(Runnable work) throws IOException {
    Path file = Files.createTempFile("cpu-samples", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
      return read(file);
    } finally {
      Files.delete(file);
    }
  }

  private static CpuSamples read(Path file) throws IOException {
    List<List<String>> stacks = new ArrayList<>();
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        RecordedStackTrace stack = event.getStackTrace();
        if (event.getEventType().getName().equals("jdk.ExecutionSample") && stack != null) {
          stacks.add(stack.getFrames().stream().map(CpuSamples::type).toList());
        }
      }
    }
    return new CpuSamples(List.copyOf(stacks));
  }

  private static String type(RecordedFrame frame) {
    return frame.getMethod().getType().getName();
  }

  /**
   * The share of some classes, and of the libraries and JDK classes they call. A sample counts for
   * the innermost class that is anybody's.
   *
   * @param anybody whether a class is one that samples may count for
   * @param wanted whether it is one of those asked for
   */
  double share(Predicate<String> anybody, Predicate<String> wanted) {
    long hits =
        stacks.stream()
            .filter(stack -> stack.stream().filter(anybody).findFirst().filter(wanted).isPresent())
            .count();
    return (double) hits / stacks.size();
  }
}
