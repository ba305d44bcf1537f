package dev.ragindex.benchmarks.speed;

import dev.ragindex.benchmarks.tokens.TextKind;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A figure that is wanted.
 *
 * @param name what is measured, with its unit
 * @param wanted the bound
 * @param atLeast whether the bound is the least; else it is the most
 * @param found what was measured, empty if its benchmarks did not run
 */
record Goal(String name, double wanted, boolean atLeast, OptionalDouble found) {

  private static final String LANGCHAIN4J = "LangChain4j recursive, jtokkit";

  /** The goals of chunking and counting, as far as rates tell. */
  static List<Goal> of(List<Rate> rates) {
    Rates found = new Rates(rates);
    return List.of(
        atLeast(
            "recursive, cl100k, English, unseen, times LangChain4j with jtokkit",
            8,
            found.ratio("recursive stable, unseen", LANGCHAIN4J, "CL100K")),
        atLeast(
            "structure, cl100k, English, unseen, times LangChain4j with jtokkit",
            8,
            found.ratio("structure stable, unseen", LANGCHAIN4J, "CL100K")),
        atLeast(
            "recursive, cl100k, English, unseen, times one count by jtokkit",
            1,
            found.ratio("recursive stable, unseen", "jtokkit counting alone", "CL100K")),
        atLeast(
            "structure, cl100k, English, unseen, times one count by jtokkit",
            1,
            found.ratio("structure stable, unseen", "jtokkit counting alone", "CL100K")),
        atLeast(
            "recursive, cl100k, English, seen, times LangChain4j with jtokkit",
            15,
            found.ratio("recursive stable, seen", LANGCHAIN4J, "CL100K")),
        atLeast(
            "structure, cl100k, English, seen, times LangChain4j with jtokkit",
            15,
            found.ratio("structure stable, seen", LANGCHAIN4J, "CL100K")),
        atLeast(
            "fixed, cl100k, English, seen, MB/s",
            60,
            found.rate("fixed stable, seen", "CL100K", TextKind.ENGLISH)),
        atLeast(
            "fixed, cl100k, Chinese, unseen, MB/s",
            12,
            found.rate("fixed stable, unseen", "CL100K", TextKind.CHINESE)),
        atLeast(
            "recursive, English, unseen, o200k beside cl100k",
            0.75,
            found.acrossCounters("recursive stable, unseen")),
        atLeast(
            "counting alone, English, unseen, o200k beside cl100k",
            0.75,
            found.acrossCounters("our counting alone, unseen")),
        atLeast(
            "counting alone, cl100k, English, unseen, MB/s",
            50,
            found.rate("our counting alone, unseen", "CL100K", TextKind.ENGLISH)),
        atLeast(
            "recursive, characters, English, MB/s",
            250,
            found.rate("recursive stable, seen", "CHARACTERS", TextKind.ENGLISH)),
        atLeast(
            "recursive, characters, English, times LangChain4j",
            4,
            found.ratio(
                "recursive stable, seen", "LangChain4j recursive, our counter", "CHARACTERS")),
        atLeast(
            "sentence, characters, English, MB/s",
            150,
            found.rate("sentence stable, seen", "CHARACTERS", TextKind.ENGLISH)),
        atMost(
            "recursive, cl100k, English, seen, time of stable packing beside greedy",
            1.1,
            found.ratio("recursive greedy, seen", "recursive stable, seen", "CL100K")),
        atMost(
            "structure, cl100k, English, seen, time of stable packing beside greedy",
            1.1,
            found.ratio("structure greedy, seen", "structure stable, seen", "CL100K")));
  }

  /** The goals as Markdown. */
  static String table(List<Goal> goals) {
    StringBuilder table = new StringBuilder("\n| figure | goal | found | |\n|---|---|---|---|\n");
    goals.forEach(goal -> table.append(goal.row()));
    return table.toString();
  }

  static Goal atLeast(String name, double wanted, OptionalDouble found) {
    return new Goal(name, wanted, true, found);
  }

  static Goal atMost(String name, double wanted, OptionalDouble found) {
    return new Goal(name, wanted, false, found);
  }

  /** A row of the table; empty if nothing was found. */
  private String row() {
    if (found.isEmpty()) {
      return "";
    }
    double value = found.getAsDouble();
    boolean met = atLeast ? value >= wanted : value <= wanted;
    return String.format(
        Locale.ROOT,
        "| %s | %s %s | %.2f | %s |%n",
        name,
        atLeast ? "≥" : "≤",
        wanted,
        value,
        met ? "met" : "missed");
  }

  /** Rates by what was measured. */
  private record Rates(List<Rate> rates) {

    OptionalDouble rate(String contender, String counting, TextKind kind) {
      return find(contender, counting, kind, Rate::megabytes);
    }

    OptionalDouble ratio(String contender, String other, String counting) {
      return quotient(
          rate(contender, counting, TextKind.ENGLISH), rate(other, counting, TextKind.ENGLISH));
    }

    OptionalDouble acrossCounters(String contender) {
      return quotient(
          rate(contender, "O200K", TextKind.ENGLISH), rate(contender, "CL100K", TextKind.ENGLISH));
    }

    private OptionalDouble find(
        String contender, String counting, TextKind kind, ToDoubleFunction<Rate> value) {
      return rates.stream()
          .filter(rate -> rate.contender().equals(contender))
          .filter(rate -> rate.counting().equals(counting) && rate.kind() == kind)
          .mapToDouble(value)
          .findFirst();
    }

    private static OptionalDouble quotient(OptionalDouble one, OptionalDouble other) {
      return one.isPresent() && other.isPresent()
          ? OptionalDouble.of(one.getAsDouble() / other.getAsDouble())
          : OptionalDouble.empty();
    }
  }
}
