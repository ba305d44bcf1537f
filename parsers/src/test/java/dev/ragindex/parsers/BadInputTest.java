package dev.ragindex.parsers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from real folders: broken, huge, hostile. Each is a document or a clear reason. */
class BadInputTest {

  private static final String LAUGHS =
      "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY a 'haha'>"
          + "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>"
          + "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'>"
          + "<!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'><!ENTITY g '&f;&f;&f;&f;&f;&f;&f;&f;'>"
          + "<!ENTITY h '&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;'><!ENTITY i '&h;&h;&h;&h;&h;&h;&h;&h;'>]>";

  private static final String WORD =
      "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
          + "<w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>";

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a", ""})
  void empty_file_is_an_empty_document(String name) {
    Document empty = new Empty(name).parse();

    assertThat(empty.text()).isEmpty();
    assertThat(empty.blocks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"junk.txt", "junk.bin", "junk", "junk.pdf", "junk.docx", "junk.md"})
  void binary_junk_is_a_problem(String name) {
    byte[] junk = new byte[100_000];
    new Random(7).nextBytes(junk);

    IndexingException problem = problem(new Sample(name, junk));

    assertThat(problem.getMessage()).matches("(not text|damaged|unsupported): .*");
  }

  @Test
  void image_says_that_it_holds_no_text() {
    byte[] png = Arrays.copyOf(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 64);

    assertThat(problem(new Sample("a.png", png)).getMessage())
        .isEqualTo("unsupported: a file of type image/png holds no text");
  }

  @Test
  void pdf_that_was_cut_off_is_recovered_with_a_warning_or_a_problem() throws IOException {
    List<List<String>> pages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pages.add(List.of("Words of page " + i));
    }
    Sample whole = new Sample("a.pdf", OfficeFiles.pdf(pages));

    Document most = whole.cutTo(whole.bytes().length - 100).parse();

    assertThat(most.warnings())
        .contains("recovered: the file is cut off or broken, text may be missing");
    assertThat(most.text()).contains("Words of page 0");
    assertThat(problem(whole.cutTo(500)).getMessage()).startsWith("damaged: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 50, 10})
  void word_file_that_was_cut_off_is_a_problem(int percent) throws IOException {
    byte[] whole = OfficeFiles.docx();
    int length = percent == 100 ? whole.length - 1 : whole.length * percent / 100;

    assertThat(problem(new Sample("a.docx", whole).cutTo(length)).getMessage())
        .isEqualTo("damaged: the file is cut off or broken (zip directory or entry)");
  }

  @Test
  void encrypted_pdf_says_so() throws IOException {
    assertThat(problem(new Sample("a.pdf", OfficeFiles.encryptedPdf())).getMessage())
        .isEqualTo("encrypted: a password is needed");
  }

  @Test
  void zip_bomb_is_stopped_by_what_it_expands_to() throws IOException {
    String spaces = " ".repeat(40 << 20);
    byte[] bomb = OfficeFiles.docxOf(WORD.formatted(spaces));
    assertThat(bomb.length).isLessThan(spaces.length() / 500);

    assertThat(problem(new Sample("a.docx", bomb)).getMessage())
        .isEqualTo("too large: more than 200 times its compressed size (the limit expansion)");
    ParserLimits limits = ParserLimits.DEFAULT.withExpansion(10_000).withExpandedBytes(1 << 20);
    assertThat(problem(TikaParser.create(limits), new Sample("a.docx", bomb)).getMessage())
        .isEqualTo("too large: more than 1048576 bytes when expanded (the limit expandedBytes)");
  }

  @Test
  void word_file_of_too_much_text_is_stopped_while_it_is_read() throws IOException {
    byte[] word = OfficeFiles.docxOf(WORD.formatted("words ".repeat(20_000)));
    ParserLimits limits = ParserLimits.DEFAULT.withTextCharacters(50_000);

    assertThat(problem(TikaParser.create(limits), new Sample("a.docx", word)).getMessage())
        .isEqualTo("too large: more than 50000 characters of text (the limit textCharacters)");
  }

  @Test
  void too_many_entries_are_refused() throws IOException {
    List<Object> entries = new ArrayList<>(List.of("mimetype", "application/epub+zip"));
    for (int i = 0; i < 1_000; i++) {
      entries.addAll(List.of("page" + i + ".xhtml", "<html/>"));
    }

    assertThat(problem(new Sample("a.epub", OfficeFiles.zip(entries.toArray()))).getMessage())
        .isEqualTo("too large: more than 1000 entries (the limit entries)");
  }

  @Test
  void one_line_of_200_megabytes_is_refused_without_being_opened() {
    Endless line = new Endless(200L << 20, Long.MAX_VALUE);

    assertThat(problem(TikaParser.create(), line).getMessage())
        .isEqualTo("too large: more than 104857600 bytes (the limit inputBytes)");
    assertThat(line.served).isZero();
  }

  @Test
  void text_of_unknown_length_is_refused_when_it_passes_the_limit() {
    Endless line = new Endless(-1, Long.MAX_VALUE);
    ParserLimits limits = ParserLimits.DEFAULT.withTextCharacters(1_000_000);

    assertThat(problem(TikaParser.create(limits), line).getMessage())
        .isEqualTo("too large: more than 1000000 characters of text (the limit textCharacters)");
    assertThat(line.served).isLessThan(5_000_000);
  }

  @Test
  void billion_laughs_are_not_told() throws IOException {
    String xml = LAUGHS + "<lolz>&i;</lolz>";

    assertThat(Sample.of("a.xml", xml).parse().text()).isEqualTo(xml);
    IndexingException problem =
        problem(new Sample("a.docx", OfficeFiles.docxOf(LAUGHS + WORD.formatted("&i;"))));
    assertThat(problem.getMessage())
        .isEqualTo("too large: XML nested or expanding beyond what its parser allows");
  }

  @Test
  void external_entities_are_not_fetched() throws IOException {
    String evil = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>";

    assertThat(Sample.of("a.xml", evil + "<x>&e;</x>").parse().text()).doesNotContain("root:");
    Sample word = new Sample("a.docx", OfficeFiles.docxOf(evil + WORD.formatted("a &e; b")));
    try {
      assertThat(word.parse().text()).doesNotContain("root:");
    } catch (IndexingException e) {
      assertThat(e.kind()).isEqualTo(Kind.CONTENT);
    }
  }

  @Test
  void elements_nested_too_deeply_are_refused() throws IOException {
    Sample nested = new Sample("a.odt", nestedLists(2_000));
    TikaParser strict = TikaParser.create(ParserLimits.DEFAULT.withNesting(50));

    assertThat(problem(strict, nested).getMessage())
        .isEqualTo("too large: more than 50 levels of elements (the limit nesting)");
    assertThat(problem(nested).getMessage())
        .isEqualTo("too large: XML nested or expanding beyond what its parser allows");
  }

  private static byte[] nestedLists(int depth) throws IOException {
    String xml =
        "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
            + " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body>"
            + "<office:text>"
            + "<text:list><text:list-item>".repeat(depth)
            + "<text:p>x</text:p>"
            + "</text:list-item></text:list>".repeat(depth)
            + "</office:text></office:body></office:document-content>";
    return OfficeFiles.zip(
        "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", xml);
  }

  @Test
  void page_of_too_many_tags_is_refused_before_it_becomes_a_tree() {
    assertThat(problem(Sample.of("a.html", "<p>x".repeat(2_000_000))).getMessage())
        .isEqualTo("too large: more than 1048576 tags (the limit markupBytes / 16)");
  }

  @Test
  void markdown_table_that_multiplies_its_cells_is_refused() {
    String wide = "|a".repeat(2_000) + "\n" + "|-".repeat(2_000) + "\n" + "|x\n".repeat(2_000);

    assertThat(problem(Sample.of("a.md", wide)).getMessage())
        .isEqualTo("too large: tables of more than 200000 cells");
  }

  @Test
  void million_marks_of_emphasis_are_read() {
    String marks = "*a _b [c `d ".repeat(250_000);

    assertThat(Sample.of("a.md", marks).parse().text()).isEqualTo(marks);
  }

  @Test
  void reason_holds_no_text_of_the_document() throws IOException {
    String broken = "<w:document><secret-words attribute='secret'></w:document>";

    IndexingException problem = problem(new Sample("a.docx", OfficeFiles.docxOf(broken)));

    assertThat(problem.getMessage())
        .isEqualTo("damaged: the content does not follow its format (TikaException)");
  }

  @Test
  void source_that_cannot_be_read_is_no_fault_of_the_document() {
    IndexingException problem =
        catchThrowableOfType(
            IndexingException.class, () -> TikaParser.create().parse(new Endless(-1, 10_000)));

    assertThat(problem.stage()).isEqualTo(Stage.READ);
    assertThat(problem.kind()).isEqualTo(Kind.READ);
    assertThat(problem.canRepeat()).isTrue();
  }

  @Test
  void parse_that_takes_too_long_is_given_up_and_its_thread_ends() throws Exception {
    Endless slow = new Endless(-1, Long.MAX_VALUE);
    slow.pause = 20;
    ParserLimits limits = ParserLimits.DEFAULT.withDeadline(Duration.ofMillis(200));

    assertThatExceptionOfType(IndexingException.class)
        .isThrownBy(() -> TikaParser.create(limits).parse(slow))
        .matches(e -> e.kind() == Kind.TIMEOUT && e.stage() == Stage.PARSE)
        .withMessage("parsing took longer than 200 ms");
    assertThat(slow.reader.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void equal_bytes_give_equal_documents_in_any_thread() throws Exception {
    List<Sample> samples =
        List.of(
            new Sample("a.docx", OfficeFiles.docx()),
            new Sample("a.pdf", OfficeFiles.pdf(List.of(List.of("one"), List.of("two")))),
            new Sample("a.pptx", OfficeFiles.pptx(2)),
            new Sample("a.xlsx", OfficeFiles.xlsx()),
            Sample.resource("page.html"),
            Sample.resource("guide.md"),
            Sample.resource("guide.rst"));
    TikaParser parser = TikaParser.create();
    List<Document> expected = samples.stream().map(parser::parse).toList();

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<List<Document>> all = () -> samples.stream().map(parser::parse).toList();
      for (Future<List<Document>> run : threads.invokeAll(List.of(all, all, all, all))) {
        assertThat(run.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void limits_are_no_part_of_the_signature() {
    assertThat(TikaParser.create(ParserLimits.DEFAULT.withEntries(1)).signature())
        .isEqualTo(TikaParser.create().signature());
  }

  private static IndexingException problem(Sample sample) {
    return problem(TikaParser.create(), sample);
  }

  /** The problem, which lies in the content and is of the parser's stage. */
  private static IndexingException problem(TikaParser parser, SourceDocument source) {
    IndexingException problem =
        catchThrowableOfType(IndexingException.class, () -> parser.parse(source));
    assertThat(problem).isNotNull();
    assertThat(problem.stage()).isEqualTo(Stage.PARSE);
    assertThat(problem.kind()).isEqualTo(Kind.CONTENT);
    return problem;
  }

  /** An empty file of any name. */
  private record Empty(String name) {

    Document parse() {
      return new Sample(name, new byte[0]).parse();
    }
  }

  /** A text without end or line break, which breaks at some byte. */
  private static final class Endless extends InputStream implements SourceDocument {

    private final long size;
    private final long breaksAt;
    private long served;
    private int pause;
    private Thread reader;

    Endless(long size, long breaksAt) {
      this.size = size;
      this.breaksAt = breaksAt;
    }

    @Override
    public int read() {
      throw new AssertionError("reads single bytes");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      reader = Thread.currentThread();
      pause();
      int n = pause > 0 ? 1 : length;
      Arrays.fill(target, offset, offset + n, (byte) 'x');
      served += n;
      if (served > breaksAt) {
        throw new IOException("disk");
      }
      return n;
    }

    private void pause() throws IOException {
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public DocumentId id() {
      return new DocumentId("samples", name());
    }

    @Override
    public String name() {
      return "line.txt";
    }

    @Override
    public @Nullable String version() {
      return null;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public Metadata metadata() {
      return Metadata.EMPTY;
    }

    @Override
    public InputStream open() {
      return this;
    }
  }
}
