package dev.ragindex.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Text and blocks of one document of each reader. Changed output under an unchanged signature is a
 * bug, for documents indexed before would not be read again: raise the signature with these.
 */
class GoldenTest {

  @Test
  void signature_of_these_outputs() {
    assertThat(TikaParser.create().signature()).hasToString("tika/3{tika=Apache Tika 3.3.1}");
  }

  @ParameterizedTest
  @CsvSource({
    "guide.md, 2880e6c03e721c407a986946597f2e1b9d543825f5f910b86a6218e2c981c5ad",
    "guide.rst, d93f9036958d813811b9b41c69ff0707d8cec2e88202bcbc94912fc6a80113ec",
    "page.html, 637cfdb8fc64a2b8dc364170614f27266692043371d3f0c25fcb5be3bb98767d"
  })
  void output_of_this_signature(String file, String fingerprint) {
    assertThat(Sample.resource(file).parse().fingerprint()).hasToString(fingerprint);
  }

  @ParameterizedTest
  @CsvSource({
    "a.docx, 5c6d8d2657aff8ae842f6489b670565172b463331726a9e607da9f484125fa74",
    "a.xlsx, 6e46724035ffc5a99359d5d917ac9da9797cb93af4f4d1249403fbe006039072",
    "a.pptx, 7a9b5fc5d065cd2aec066e3a0133428fdb318dea8c38ed382c70a3c1ee3b8236",
    "a.pdf, 8c9373d2daa7d8a11b5795dc240c44d2dc35f0fe904ec3586f52b7d180d5117c"
  })
  void output_of_this_signature_through_tika(String file, String fingerprint) throws IOException {
    byte[] bytes =
        switch (file) {
          case "a.docx" -> OfficeFiles.docx();
          case "a.xlsx" -> OfficeFiles.xlsx();
          case "a.pptx" -> OfficeFiles.pptx(2);
          default -> OfficeFiles.pdf(List.of(List.of("One line.", "Two."), List.of("Page two.")));
        };
    assertThat(new Sample(file, bytes).parse().fingerprint()).hasToString(fingerprint);
  }
}
