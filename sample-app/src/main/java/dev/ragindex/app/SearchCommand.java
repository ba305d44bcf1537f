package dev.ragindex.app;

import dev.ragindex.api.Filter;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.core.RagIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the chunks that fit a query. */
@Command(description = "Find the passages that fit a query.")
final class SearchCommand implements Verb {

  private final Terminal terminal;

  @Parameters(paramLabel = "QUERY", description = "What to look for.")
  String query = "";

  @Option(names = "--top", paramLabel = "N", description = "Most passages to show (default: 10).")
  int top = 10;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "vector (meaning, default), keyword (words) or hybrid (both).")
  String mode = "vector";

  @Option(
      names = "--where",
      paramLabel = "KEY=VALUE",
      converter = Where.class,
      description = "Only documents whose metadata say so; repeated: all of them.")
  List<Filter> conditions = new ArrayList<>();

  @Option(names = "--source", paramLabel = "NAME", description = "Only documents of this source.")
  @Nullable String source;

  @Mixin final IndexOptions index = new IndexOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  SearchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    SearchRequest request = request();
    Pipeline pipeline = Pipeline.remembered(index.requireSettings());
    try (RagIndex ragIndex = pipeline.openToRead(index)) {
      List<SearchHit> hits = ragIndex.search(request);
      terminal.show(new SearchPage(request, hits), output.json);
    }
    return ExitCode.DONE;
  }

  private SearchRequest request() {
    SearchRequest request = SearchRequest.of(query).top(top).mode(mode());
    for (Filter condition : conditions) {
      request = request.where(condition);
    }
    return source == null ? request : request.in(source);
  }

  private SearchRequest.Mode mode() {
    for (SearchRequest.Mode known : SearchRequest.Mode.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(mode)) {
        return known;
      }
    }
    throw new Refusal("there is no mode '" + mode + "'", "name vector, keyword or hybrid");
  }
}
