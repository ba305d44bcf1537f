package dev.ragindex.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void bytes_are_hashed_as_sha_256() throws IOException {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);

    assertThat(Fingerprint.ofBytes(abc)).hasToString(OF_ABC);
    assertThat(Fingerprint.ofStream(new ByteArrayInputStream(abc))).hasToString(OF_ABC);
    assertThat(Fingerprint.parse(OF_ABC)).isEqualTo(Fingerprint.ofBytes(abc));
    assertThat(Fingerprint.of(Fingerprint.parse(OF_ABC).bytes())).hasToString(OF_ABC);
  }

  @Test
  void values_do_not_run_into_each_other() {
    Fingerprint one = Fingerprint.builder("x").add("ab").add("c").build();
    Fingerprint two = Fingerprint.builder("x").add("a").add("bc").build();
    Fingerprint number = Fingerprint.builder("x").add("a").add(1).build();
    Fingerprint text = Fingerprint.builder("x").add("a").add("1").build();

    assertThat(one).isNotEqualTo(two);
    assertThat(number).isNotEqualTo(text);
    assertThat(Fingerprint.builder("x").build()).isNotEqualTo(Fingerprint.builder("y").build());
  }

  @Test
  void malformed_texts_stay_apart() {
    Fingerprint high = Fingerprint.builder("x").add("\uD800").build();
    Fingerprint other = Fingerprint.builder("x").add("\uD801").build();
    Fingerprint question = Fingerprint.builder("x").add("?").build();

    assertThat(high).isNotEqualTo(other).isNotEqualTo(question);
  }

  @Test
  void canonical_encoding_is_as_specified() {
    byte[] encoded = {
      's',
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      1,
      'x',
      's',
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      2,
      (byte) 0xC3,
      (byte) 0xA9,
      'n',
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      8,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      7
    };

    assertThat(Fingerprint.builder("x").add("é").add(7).build())
        .isEqualTo(Fingerprint.ofBytes(encoded));
  }

  @Test
  void order_is_that_of_unsigned_bytes() {
    Fingerprint small = Fingerprint.parse("00" + OF_ABC.substring(2));
    Fingerprint large = Fingerprint.parse("ff" + OF_ABC.substring(2));

    assertThat(small).isLessThan(large);
  }

  @Test
  void wrong_length_is_refused() {
    assertThatThrownBy(() -> Fingerprint.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("31");
  }
}
