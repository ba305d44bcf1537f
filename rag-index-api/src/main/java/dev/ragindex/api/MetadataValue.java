package dev.ragindex.api;

import java.time.Instant;
import java.util.List;

/** One typed value of {@link Metadata}. Values of different types are never equal. */
public sealed interface MetadataValue {

  /** Most characters a text may have. */
  int MAX_TEXT = 8_192;

  /**
   * A text.
   *
   * @param value up to 8,192 characters, without U+0000 and lone surrogates
   */
  record Text(String value) implements MetadataValue {
    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException if it is too long or no store could keep it
     */
    public Text {
      requireText(value);
    }
  }

  /**
   * A whole number.
   *
   * @param value the number
   */
  record Whole(long value) implements MetadataValue {}

  /**
   * A floating point number.
   *
   * @param value any finite number; -0.0 becomes 0.0
   */
  record Real(double value) implements MetadataValue {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is NaN or infinite
     */
    public Real {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("metadata numbers are finite: " + value);
      }
      value = value == 0.0 ? 0.0 : value;
    }
  }

  /**
   * A truth value.
   *
   * @param value the value
   */
  record Flag(boolean value) implements MetadataValue {}

  /**
   * A point in time, kept to the millisecond.
   *
   * @param value the instant; digits below a millisecond are cut off
   */
  record Moment(Instant value) implements MetadataValue {
    /** Cuts to milliseconds. */
    public Moment {
      value = Instant.ofEpochMilli(value.toEpochMilli());
    }
  }

  /**
   * A list of texts, order kept.
   *
   * @param values each as {@link Text#value()}
   */
  record Texts(List<String> values) implements MetadataValue {
    /**
     * Copies and checks the list.
     *
     * @throws IllegalArgumentException if a text is too long or no store could keep it
     */
    public Texts {
      values = List.copyOf(values);
      values.forEach(MetadataValue::requireText);
    }
  }

  private static void requireText(String value) {
    if (value.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "a metadata text has at most " + MAX_TEXT + " characters, this one " + value.length());
    }
    if (!CanonicalText.isClean(value)) {
      throw new IllegalArgumentException("metadata holds neither U+0000 nor lone surrogates");
    }
  }
}
