package dev.ragindex.benchmarks.speed;

import dev.ragindex.benchmarks.speed.BarChart.Bar;
import dev.ragindex.benchmarks.tokens.TextKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;

/**
 * Runs the benchmarks of chunking, prints the goals and all rates as Markdown tables and draws
 * charts of the rates.
 */
public final class SpeedFigures {

  private static final int LARGE = 10_000_000;

  private SpeedFigures() {}

  /**
   * Prints the tables.
   *
   * @param args folder that the charts are written to, then JMH's options
   * @throws RunnerException if a benchmark fails
   * @throws CommandLineOptionException if JMH does not know an option
   * @throws IOException if a chart cannot be written
   */
  public static void main(String[] args)
      throws RunnerException, CommandLineOptionException, IOException {
    if (args.length == 0) {
      throw new IllegalArgumentException("no folder for the charts; after it, options of JMH");
    }
    Options options = new CommandLineOptions(Arrays.copyOfRange(args, 1, args.length));
    List<Rate> rates = new ArrayList<>();
    for (SpeedRun run : SpeedRun.TABLE) {
      run.run(options).stream().map(Rate::of).forEach(rates::add);
    }
    List<Goal> goals = new ArrayList<>(Goal.of(rates));
    goals.addAll(new LargeTexts(LARGE).goals());
    System.out.print(Goal.table(goals));
    System.out.print(markdown(rates));
    for (String counting : distinct(rates.stream().map(Rate::counting))) {
      draw(rates, counting, Path.of(args[0]));
    }
  }

  /** A table for each kind of count: contenders below, kinds of text beside each other. */
  static String markdown(List<Rate> rates) {
    StringBuilder markdown = new StringBuilder();
    List<TextKind> kinds = rates.stream().map(Rate::kind).distinct().sorted().toList();
    for (String counting : distinct(rates.stream().map(Rate::counting))) {
      List<Rate> counted = rates.stream().filter(rate -> rate.counting().equals(counting)).toList();
      markdown.append("\n| %s, MB/s |".formatted(counting));
      kinds.forEach(kind -> markdown.append(" %s |".formatted(lowerCase(kind))));
      markdown.append(" allocated bytes a byte |\n|---|").append("---|".repeat(kinds.size() + 1));
      for (String contender : distinct(counted.stream().map(Rate::contender))) {
        Predicate<Rate> its = rate -> rate.contender().equals(contender);
        markdown.append("\n").append(row(contender, counted.stream().filter(its).toList(), kinds));
      }
      markdown.append("\n");
    }
    return markdown.toString();
  }

  private static String row(String contender, List<Rate> rates, List<TextKind> kinds) {
    return Stream.concat(
            Stream.concat(Stream.of(contender), kinds.stream().map(kind -> cell(rates, kind))),
            Stream.of(allocated(rates)))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String cell(List<Rate> rates, TextKind kind) {
    return rates.stream()
        .filter(rate -> rate.kind() == kind)
        .map(rate -> String.format(Locale.ROOT, "%.1f ± %.1f", rate.megabytes(), rate.error()))
        .collect(Collectors.joining(", "));
  }

  /** The most of all kinds. What a fresh counter takes is no part of chunking. */
  private static String allocated(List<Rate> rates) {
    double most = rates.stream().mapToDouble(Rate::allocated).max().orElse(Double.NaN);
    return rates.getFirst().contender().endsWith("unseen")
        ? "–"
        : String.format(Locale.ROOT, "%.1f", most);
  }

  private static void draw(List<Rate> rates, String counting, Path folder) throws IOException {
    TextKind kind = rates.stream().map(Rate::kind).min(TextKind::compareTo).orElseThrow();
    List<Bar> bars =
        rates.stream()
            .filter(rate -> rate.kind() == kind && rate.counting().equals(counting))
            .map(rate -> new Bar(rate.contender(), rate.megabytes(), isOurs(rate)))
            .toList();
    String title = "%s, %s text, MB/s".formatted(counting, lowerCase(kind));
    String file = counting.equals("–") ? "SENTENCES" : counting;
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("speed-" + file.toLowerCase(Locale.ROOT) + ".svg"),
        new BarChart(title, bars).svg());
  }

  private static boolean isOurs(Rate rate) {
    return rate.contender().endsWith("seen");
  }

  private static List<String> distinct(Stream<String> names) {
    return names.distinct().toList();
  }

  private static String lowerCase(TextKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
