package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What is shown of a URL, and what is refused. */
class PostgresUrlTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/d, jdbc:postgresql://h/d",
    "jdbc:postgresql://h:5433/d?password=s3cret, jdbc:postgresql://h:5433/d",
    "jdbc:postgresql://h/d?user=u&password=s3cret, jdbc:postgresql://h/d?user=u",
    "jdbc:postgresql://h/d?password=s3cret&ssl=true, jdbc:postgresql://h/d?ssl=true",
    "jdbc:postgresql://h/d?user=u&password=a&s3cret, jdbc:postgresql://h/d?user=u",
    "jdbc:postgresql://h/d?user=u&password=a&s3=cret, jdbc:postgresql://h/d?user=u",
    "jdbc:postgresql://h/d?sslpassword=s3cret&user=u, jdbc:postgresql://h/d?user=u",
    "jdbc:postgresql://h/d?PASSWORD=s3cret, jdbc:postgresql://h/d",
    "'jdbc:postgresql://a,b:5433/d?currentSchema=s',"
        + " 'jdbc:postgresql://a,b:5433/d?currentSchema=s'",
  })
  void password_is_not_shown(String url, String shown) {
    assertThat(PostgresUrl.of(url)).hasToString(shown);
    assertThat(PostgresUrl.of(shown)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://u:s3cret@h/d",
        "jdbc:postgresql://u:s3cret@h:5432/d?user=u",
        "jdbc:postgresql://h:port/d?password=s3cret",
        "jdbc:mysql://h/d?password=s3cret",
        "postgres://u:s3cret@h/d"
      })
  void what_is_no_url_is_refused_and_not_repeated(String url) {
    for (String command : new String[] {"status", "apply"}) {
      Outcome refused = Outcome.of(command, folder, "-v", "--pgvector", url);
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.out() + refused.err()).doesNotContain("s3cret");
    }
    assertThatThrownBy(() -> PostgresUrl.of(url))
        .isInstanceOf(Refusal.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void mistyped_option_does_not_repeat_the_url_behind_it() {
    Outcome refused =
        Outcome.of("status", "-v", "--pgvectr", "jdbc:postgresql://h/d?password=s3cret");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("--pgvectr").doesNotContain("s3cret");
  }

  @Test
  void folder_and_database_together_are_refused() {
    Outcome refused =
        Outcome.of("status", "--index", folder, "--pgvector", "jdbc:postgresql://h/d");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("not in both");
  }

  @Test
  void connections_are_kept_alive_and_say_whose_they_are() {
    String url = "jdbc:postgresql://h/d?user=u&password=s3cret";

    PGSimpleDataSource database = (PGSimpleDataSource) PostgresUrl.of(url).database();

    assertThat(database.getTcpKeepAlive()).isTrue();
    assertThat(database.getApplicationName()).isEqualTo("rag-index");
    assertThat(database.getPassword()).isEqualTo("s3cret");
  }
}
