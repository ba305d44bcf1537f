package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of guarantees names tests that exist. */
class GuaranteesTest {

  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:#(\\w+))?`");
  private static final Pattern BASE = Pattern.compile("class \\w+ extends (\\w+)");

  @Test
  void every_test_that_the_page_names_exists() throws IOException {
    Path repository = Path.of("").toAbsolutePath().getParent();
    String page = Files.readString(repository.resolve("docs/guarantees.md"));
    Map<String, String> sources = sources(repository);
    Set<String> missing = new TreeSet<>();
    NAMED
        .matcher(page)
        .results()
        .filter(named -> !exists(named, sources))
        .forEach(named -> missing.add(named.group()));
    assertThat(NAMED.matcher(page).results()).hasSizeGreaterThan(15);
    assertThat(missing).isEmpty();
  }

  private static boolean exists(MatchResult named, Map<String, String> sources) {
    String source = sources.get(named.group(1));
    if (source == null || named.group(2) == null) {
      return source != null;
    }
    String base =
        BASE.matcher(source)
            .results()
            .map(found -> sources.getOrDefault(found.group(1), ""))
            .findFirst()
            .orElse("");
    return (source + base).contains(" " + named.group(2) + "(");
  }

  /** The text of every Java file by the name of its class. */
  private static Map<String, String> sources(Path repository) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> modules = Files.list(repository)) {
      for (Path module : modules.filter(at -> Files.isDirectory(at.resolve("src"))).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
          for (Path file : files.filter(at -> at.toString().endsWith(".java")).toList()) {
            String name = file.getFileName().toString();
            sources.put(name.substring(0, name.indexOf('.')), Files.readString(file));
          }
        }
      }
    }
    return sources;
  }
}
