package dev.ragindex.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract of sources is no formality: each defect fails a test of the rule it breaks. */
class SourceDefectsTest {

  private static volatile Defect present = Defect.NONE;

  /** What may be wrong with a source, and the rule that it breaks. */
  enum Defect {
    NONE(""),
    LISTS_TWICE("L1"),
    ANOTHER_NAME_EACH_TIME("L2"),
    FINDS_WHAT_IS_NOT_THERE("L3"),
    ONE_VERSION_FOR_ALL("L4"),
    OPENS_ONCE("L5"),
    GONE_IS_EMPTY("L6"),
    HIDDEN_IS_ABSENT("L7");

    private final String rule;

    Defect(String rule) {
      this.rule = rule;
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_defect_fails_the_test_of_its_rule_and_a_sound_source_none(Defect defect) {
    List<String> failed = failed(defect);
    assertThat(failed.stream().anyMatch(name -> name.startsWith(defect.rule)))
        .as("%s fails %s", defect, failed)
        .isEqualTo(defect != Defect.NONE);
  }

  private static List<String> failed(Defect defect) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    present = defect;
    try {
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(DefectiveSource.class))
                  .build(),
              listener);
    } finally {
      present = Defect.NONE;
    }
    assertThat(listener.getSummary().getTestsFoundCount()).isEqualTo(8);
    return listener.getSummary().getFailures().stream()
        .map(TestExecutionSummary.Failure::getTestIdentifier)
        .map(test -> test.getDisplayName())
        .toList();
  }

  /** Runs in this test only. */
  static class DefectiveSource extends SourceContract {

    private final Map<String, byte[]> documents = new TreeMap<>();
    private String hidden = "none";
    private int opened;

    @Override
    protected void write(String key, byte[] bytes) {
      documents.put(key, bytes);
    }

    @Override
    protected void delete(String key) {
      documents.remove(key);
    }

    @Override
    protected boolean hide(String part) {
      hidden = part + "/";
      return true;
    }

    @Override
    protected Source open() {
      String name = present == Defect.ANOTHER_NAME_EACH_TIME ? "s" + opened++ : "s";
      return new Source() {
        @Override
        public String name() {
          return name;
        }

        @Override
        public String root() {
          return "memory";
        }

        @Override
        public Listing list() {
          return new MapListing(name);
        }

        @Override
        public SourceDocument find(String key) throws IOException {
          if (key.startsWith(hidden) && present != Defect.HIDDEN_IS_ABSENT) {
            throw new IOException("hidden");
          }
          boolean there = documents.containsKey(key) && !key.startsWith(hidden);
          return there || present == Defect.FINDS_WHAT_IS_NOT_THERE
              ? new MapDocument(new DocumentId(name, key))
              : null;
        }
      };
    }

    private final class MapListing implements Listing {

      private final Iterator<SourceDocument> all;

      MapListing(String source) {
        List<SourceDocument> list = new ArrayList<>();
        for (String key : documents.keySet()) {
          if (!key.startsWith(hidden)) {
            list.add(new MapDocument(new DocumentId(source, key)));
          }
        }
        if (present == Defect.LISTS_TWICE) {
          list.addAll(List.copyOf(list));
        }
        all = list.iterator();
      }

      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public SourceDocument next() {
        return all.next();
      }

      @Override
      public List<Uncovered> uncovered() {
        return hidden.equals("none") || present == Defect.HIDDEN_IS_ABSENT
            ? List.of()
            : List.of(new Uncovered(hidden, "hidden"));
      }

      @Override
      public long excluded() {
        return 0;
      }

      @Override
      public void close() {}
    }

    private final class MapDocument implements SourceDocument {

      private final DocumentId id;
      private boolean read;

      MapDocument(DocumentId id) {
        this.id = id;
      }

      private byte[] bytes() {
        return documents.getOrDefault(id.key(), new byte[0]);
      }

      @Override
      public DocumentId id() {
        return id;
      }

      @Override
      public String name() {
        return id.key();
      }

      @Override
      public String version() {
        return present == Defect.ONE_VERSION_FOR_ALL ? "1" : Arrays.hashCode(bytes()) + "";
      }

      @Override
      public long size() {
        return bytes().length;
      }

      @Override
      public Metadata metadata() {
        return Metadata.EMPTY;
      }

      @Override
      public InputStream open() throws IOException {
        if (!documents.containsKey(id.key()) && present != Defect.GONE_IS_EMPTY) {
          throw new NoSuchFileException(id.key());
        }
        boolean empty = read && present == Defect.OPENS_ONCE;
        read = true;
        return new ByteArrayInputStream(empty ? new byte[0] : bytes());
      }
    }
  }
}
