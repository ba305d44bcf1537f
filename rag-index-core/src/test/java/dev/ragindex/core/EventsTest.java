package dev.ragindex.core;

import static dev.ragindex.core.Bench.id;
import static dev.ragindex.core.Bench.prose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that someone tells of, in order or without, mixed with listings. */
class EventsTest {

  private final Bench bench = new Bench();

  @AfterEach
  void index_is_sound() {
    assertThat(bench.index().verify().findings()).isEmpty();
  }

  private SyncReport put(String key, String text, long sequence) {
    bench.source.put(key, text);
    return bench.index().put(bench.document(key), sequence);
  }

  private SyncReport delete(String key, long sequence) {
    return bench.index().delete(id(key), sequence);
  }

  @Test
  void put_brings_a_document_in_and_the_same_again_commits_nothing() {
    bench.source.put("a", prose(1, 20));

    SyncReport first = bench.index().put(bench.document("a"));
    long revision = bench.revision();
    SyncReport again = bench.index().put(bench.document("a"));

    assertThat(first.added()).isEqualTo(1);
    assertThat(first.chunks().embedded()).isPositive().isEqualTo(first.chunks().total());
    assertThat(first.tokens().embedded()).isPositive();
    assertThat(again.unchanged()).isEqualTo(1);
    assertThat(again.chunks().total()).isEqualTo(first.chunks().total());
    assertThat(bench.revision()).isEqualTo(revision);
    assertThat(bench.text("a")).isEqualTo(prose(1, 20));
  }

  @Test
  void put_of_a_new_version_embeds_what_is_new() {
    put("a", prose(1, 100), 1);
    int before = bench.embedder.texts.size();

    SyncReport report = put("a", prose(1, 100).replace("Sentence 50 of", "Sentence fifty of"), 2);

    assertThat(report.updated()).isEqualTo(1);
    assertThat(bench.embedder.texts.size() - before).isBetween(1, 3);
    assertThat(bench.state("a").sequence()).isEqualTo(2);
  }

  @Test
  void sync_after_puts_reads_and_commits_nothing() {
    put("a", "Text a.", 1);
    put("b", "Text b.", 2);
    bench.sync(); // remembers the source's root
    long revision = bench.revision();
    int opened = bench.source.opened.get();

    SyncReport report = bench.sync();

    assertThat(report.unchanged()).isEqualTo(2);
    assertThat(bench.revision()).isEqualTo(revision);
    assertThat(bench.source.opened.get()).isEqualTo(opened);
    assertThat(bench.state("b").sequence()).isEqualTo(2);
  }

  @Test
  void late_change_never_overwrites_a_newer_one() {
    put("a", "Newer text.", 7);
    long revision = bench.revision();

    SyncReport late = put("a", "Older text.", 6);
    SyncReport again = put("a", "Other text.", 7);
    SyncReport lateDelete = delete("a", 7);

    assertThat(List.of(late, again, lateDelete))
        .allSatisfy(report -> assertThat(report.unchanged()).isEqualTo(1))
        .allSatisfy(report -> assertThat(report.changes()).isEmpty());
    assertThat(bench.revision()).isEqualTo(revision);
    assertThat(bench.text("a")).isEqualTo("Newer text.");
  }

  @Test
  void change_without_a_difference_still_counts_as_the_last_one() {
    put("a", "Text.", 3);

    SyncReport report = bench.index().put(bench.document("a"), 9);
    put("a", "Late text.", 8);

    assertThat(report.unchanged()).isEqualTo(1);
    assertThat(bench.state("a").sequence()).isEqualTo(9);
    assertThat(bench.text("a")).isEqualTo("Text.");
  }

  @Test
  void redelivery_of_a_change_that_ended_in_a_problem_tries_again() {
    bench.source.put("a", "Good text.");
    bench.source.failures.put("a", new IOException("broken connection"));
    SyncReport failed = bench.index().put(bench.document("a"), 5);
    DocumentState meanwhile = bench.state("a");
    bench.source.failures.clear();

    SyncReport again = bench.index().put(bench.document("a"), 5);

    assertThat(failed.quarantined()).isEqualTo(1);
    assertThat(failed.failures().getFirst().stage()).isEqualTo(Stage.READ);
    assertThat(meanwhile.sequence()).isEqualTo(5);
    assertThat(again.added()).isEqualTo(1);
    assertThat(bench.state("a").problem()).isNull();
  }

  @Test
  void problem_of_a_newer_change_keeps_the_old_text_and_keeps_late_ones_off() {
    put("a", "Old text.", 1);
    put("a", "!damaged", 3);

    SyncReport late = put("a", "Late text.", 2);

    assertThat(late.unchanged()).isEqualTo(1);
    assertThat(bench.text("a")).isEqualTo("Old text.");
    assertThat(bench.state("a").sequence()).isEqualTo(3);
    assertThat(bench.state("a").problem()).isNotNull();
  }

  @Test
  void deleted_document_stays_deleted_until_a_newer_change() {
    put("a", "Text a.", 1);
    put("b", "Text b.", 2);

    SyncReport deleted = delete("a", 4);
    SyncReport late = put("a", "Late text.", 3);
    DocumentState tombstone = bench.state("a");
    long counted = bench.index().status().documents();
    SyncReport newer = put("a", "Text a.", 5);

    assertThat(deleted.deleted()).isEqualTo(1);
    assertThat(deleted.chunks().removed()).isEqualTo(1);
    assertThat(deleted.chunks().total()).isZero();
    assertThat(deleted.changes().getFirst().reason()).isEqualTo(Change.Reason.REQUESTED);
    assertThat(late.unchanged()).isEqualTo(1);
    assertThat(tombstone.deleted()).isTrue();
    assertThat(tombstone.metadata()).isEqualTo(Metadata.EMPTY);
    assertThat(tombstone.sequence()).isEqualTo(4);
    assertThat(counted).isEqualTo(1);
    assertThat(newer.added()).isEqualTo(1);
    assertThat(bench.text("a")).isEqualTo("Text a.");
  }

  @Test
  void delete_that_comes_before_its_put_keeps_it_off() {
    SyncReport report = delete("a", 2);

    SyncReport late = put("a", "Text.", 1);

    assertThat(report.deleted()).isZero();
    assertThat(report.unchanged()).isEqualTo(1);
    assertThat(late.unchanged()).isEqualTo(1);
    assertThat(bench.text("a")).isEmpty();
  }

  @Test
  void later_delete_of_a_deleted_document_raises_its_number() {
    put("a", "Text.", 1);
    delete("a", 2);
    delete("a", 9);

    assertThat(put("a", "Text.", 8).unchanged()).isEqualTo(1);
    assertThat(bench.state("a").sequence()).isEqualTo(9);
  }

  @Test
  void listing_brings_a_deleted_document_back_only_with_other_bytes() {
    put("a", "Text a.", 1);
    put("b", "Text b.", 2);
    bench.sync();
    delete("a", 3);

    SyncReport same = bench.sync();
    bench.source.touch("a");
    SyncReport touched = bench.sync();
    long revision = bench.revision();
    int opened = bench.source.opened.get();
    SyncReport quiet = bench.sync();
    long quietRevision = bench.revision();
    int quietOpened = bench.source.opened.get();
    bench.source.put("a", "Other text.");
    SyncReport back = bench.sync();

    assertThat(List.of(same, touched, quiet))
        .allSatisfy(report -> assertThat(report.unchanged()).isEqualTo(2));
    assertThat(quietRevision).isEqualTo(revision);
    assertThat(quietOpened).isEqualTo(opened);
    assertThat(back.added()).isEqualTo(1);
    assertThat(bench.text("a")).isEqualTo("Other text.");
    assertThat(bench.state("a").sequence()).isEqualTo(3);
    assertThat(bench.state("a").deleted()).isFalse();
  }

  @Test
  void deleted_document_whose_bytes_were_not_known_comes_back_with_a_listing() {
    delete("a", 3);
    bench.source.put("a", "Text.");

    SyncReport report = bench.sync();

    assertThat(report.added()).isEqualTo(1);
    assertThat(bench.state("a").sequence()).isEqualTo(3);
  }

  @Test
  void tombstone_is_neither_moved_from_nor_deleted_nor_counted() {
    put("a", "Text a.", 1);
    put("b", "Text b.", 2);
    delete("a", 3);
    bench.source.remove("a");
    bench.source.put("c", "Text a.");

    SyncReport report = bench.sync();

    assertThat(report.added()).isEqualTo(1);
    assertThat(report.moved() + report.deleted() + report.withheld()).isZero();
    assertThat(report.chunks().total()).isEqualTo(2);
    assertThat(bench.state("a").deleted()).isTrue();
  }

  @Test
  void sequence_survives_whatever_a_listing_changes() {
    put("a", prose(1, 20), 5);
    bench.sync();

    bench.source.touch("a");
    bench.sync();
    assertThat(bench.state("a").sequence()).as("touched").isEqualTo(5);
    bench.source.metadata("a", Metadata.EMPTY.with("owner", "Ada"));
    assertThat(bench.sync().patched()).isEqualTo(1);
    assertThat(bench.state("a").sequence()).as("patched").isEqualTo(5);
    bench.source.put("a", prose(2, 20));
    assertThat(bench.sync().updated()).isEqualTo(1);
    assertThat(bench.state("a").sequence()).as("updated").isEqualTo(5);
    bench.source.put("a", "!damaged");
    bench.sync();
    assertThat(bench.state("a").sequence()).as("damaged").isEqualTo(5);
    bench.source.put("a", "Gone.");
    bench.sync();
    assertThat(bench.state("a").sequence()).as("suspect").isEqualTo(5);
  }

  @Test
  void document_that_a_listing_deleted_is_not_brought_back_by_a_late_change() {
    put("a", "Text a.", 5);
    put("b", "Text b.", 6);
    bench.source.remove("a");
    SyncReport gone = bench.sync();
    bench.source.put("a", "Late text.");

    SyncReport late = bench.index().put(bench.document("a"), 4);
    bench.source.put("a", "Text a.");
    SyncReport listedAgain = bench.sync();

    assertThat(gone.deleted()).isEqualTo(1);
    assertThat(late.unchanged()).isEqualTo(1);
    assertThat(listedAgain.added()).isEqualTo(1);
    assertThat(bench.state("a").sequence()).isEqualTo(5);
  }

  @Test
  void key_that_a_document_was_moved_from_keeps_late_changes_off() {
    put("a", prose(1, 10), 5);
    bench.source.rename("a", "c");
    SyncReport moved = bench.sync();

    SyncReport late = put("a", "Late text.", 4);

    assertThat(moved.moved()).isEqualTo(1);
    assertThat(late.unchanged()).isEqualTo(1);
    assertThat(bench.text("c")).isEqualTo(prose(1, 10));
  }

  @Test
  void changes_without_a_number_always_apply() {
    put("a", "Text a.", 5);
    bench.source.put("a", "Text by hand.");

    SyncReport put = bench.index().put(bench.document("a"));
    SyncReport deleted = bench.index().delete(id("a"));
    SyncReport deletedAgain = bench.index().delete(id("a"));
    SyncReport unknown = bench.index().delete(id("never there"));
    DocumentState tombstone = bench.state("a");
    SyncReport back = bench.index().put(bench.document("a"));

    assertThat(put.updated()).isEqualTo(1);
    assertThat(deleted.deleted()).isEqualTo(1);
    assertThat(deletedAgain.unchanged()).isEqualTo(1);
    assertThat(unknown.unchanged()).isEqualTo(1);
    assertThat(bench.state("never there")).isNull();
    assertThat(tombstone.sequence()).isEqualTo(5);
    assertThat(back.added()).as("the same bytes, but someone put them").isEqualTo(1);
    assertThat(bench.state("a").sequence()).isEqualTo(5);
  }

  @Test
  void numbers_begin_at_one() {
    bench.source.put("a", "Text.");

    assertThatThrownBy(() -> bench.index().put(bench.document("a"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add 1");
  }

  @Test
  void some_keys_are_synced_and_nothing_else_is_looked_at() {
    bench.source.put("a", prose(1, 5)).put("b", "Text b.").put("c", "Text c.");
    bench.sync();
    bench.source.put("a", prose(2, 5)).put("new", "New text.").put("other", "Other text.");
    bench.source.remove("b");
    int opened = bench.source.opened.get();

    SyncReport report = bench.index().sync(bench.source, List.of("a", "b", "c", "new", "absent"));

    assertThat(report.listed()).isEqualTo(3);
    assertThat(report.updated()).isEqualTo(1);
    assertThat(report.unchanged()).isEqualTo(1);
    assertThat(report.added()).isEqualTo(1);
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(bench.source.opened.get() - opened).isEqualTo(2);
    assertThat(bench.state("other")).isNull();
    assertThat(bench.state("b")).isNull();
    assertThat(bench.sync().added()).isEqualTo(1);
  }

  @Test
  void rename_within_the_keys_is_a_move() {
    bench.source.put("a", prose(1, 20)).put("b", "Text b.");
    bench.sync();
    int before = bench.embedder.texts.size();
    bench.source.rename("a", "c");

    SyncReport report = bench.index().sync(bench.source, List.of("c", "a"));

    assertThat(report.moved()).isEqualTo(1);
    assertThat(bench.embedder.texts).hasSize(before);
    assertThat(bench.state("a")).isNull();
  }

  @Test
  void key_that_the_source_cannot_tell_about_is_left_alone_and_its_neighbours_are_not() {
    bench.source.put("a", "Text a.").put("ab", "Text ab.").put("b", "Text b.");
    bench.sync();
    bench.source.remove("a");
    bench.source.remove("ab");
    bench.source.unfindable.put("a", new IOException("no connection"));

    SyncReport report = bench.index().sync(bench.source, List.of("a", "ab"));

    assertThat(report.uncovered()).isEqualTo(1);
    assertThat(report.clean()).isFalse();
    assertThat(report.failures().getFirst().document()).isEqualTo("a");
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(bench.text("a")).isEqualTo("Text a.");
    assertThat(bench.state("ab")).isNull();
  }

  @Test
  void many_keys_that_are_gone_are_guarded_by_the_size_of_the_source() {
    IntStream.range(0, 200).forEach(i -> bench.source.put("d" + i, "Text " + i + "."));
    bench.sync();
    List<String> keys = IntStream.range(0, 30).mapToObj(i -> "d" + i).toList();
    IntStream.range(0, 30).forEach(i -> bench.source.remove("d" + i));

    SyncReport few = bench.index().sync(bench.source, keys.subList(0, 11));
    SyncReport many = bench.index().sync(bench.source, keys);
    SyncReport allowed =
        bench.index().sync(bench.source, keys, SyncOptions.DEFAULT.allowDeletes(19));

    assertThat(few.deleted()).as("11 of 200 are less than 10 %").isEqualTo(11);
    assertThat(many.withheld()).as("19 of 189 are not").isEqualTo(19);
    assertThat(allowed.deleted()).isEqualTo(19);
  }

  @Test
  void uncovered_part_of_a_listing_does_not_matter_to_keys() {
    bench.source.put("a", "Text a.").put("b", "Text b.");
    bench.sync();
    bench.source.remove("a");
    bench.source.uncovered.add(new Listing.Uncovered("", "nothing can be listed"));

    assertThat(bench.index().sync(bench.source, List.of("a")).deleted()).isEqualTo(1);
  }

  @Test
  void puts_from_several_threads_wait_for_each_other_and_none_is_lost() throws Exception {
    IntStream.range(0, 40).forEach(i -> bench.source.put("d" + i, "Text number " + i + "."));
    try (RagIndex index = bench.index();
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<SyncReport>> reports =
          IntStream.range(0, 40)
              .mapToObj(i -> threads.submit(() -> index.put(bench.document("d" + i), i + 1)))
              .toList();
      Future<SyncReport> sync = threads.submit(() -> index.sync(bench.source));

      for (Future<SyncReport> report : reports) {
        assertThat(report.get().listed()).isEqualTo(1);
      }
      assertThat(sync.get().listed()).isEqualTo(40);
      assertThat(index.status().documents()).isEqualTo(40);
    }
    assertThat(bench.embedder.texts).doesNotHaveDuplicates();
    assertThat(bench.committedSince(0)).noneMatch(m -> m instanceof Mutation.Remove);
    for (int i = 0; i < 40; i++) {
      assertThat(bench.state("d" + i).sequence()).isEqualTo(i + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void interrupted_put_writes_nothing(boolean parserFails) {
    bench.source.put("a", "Text.");
    bench.parser =
        Bench.parser(
            1,
            source -> {
              Thread.currentThread().interrupt();
              if (parserFails) {
                throw new IllegalStateException("interrupted");
              }
              return source;
            });

    assertThatThrownBy(() -> bench.index().put(bench.document("a"), 1))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(bench.state("a")).isNull();
  }
}
