package dev.ragindex.app;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 30s}, {@code 5m}, {@code 1h30m}, and the same in ISO 8601 ({@code PT30S}). */
final class WaitingTime implements ITypeConverter<Duration> {

  private static final Pattern SHORT = Pattern.compile("(\\d{1,9}h)?(\\d{1,9}m)?(\\d{1,9}s)?");

  @Override
  public Duration convert(String value) {
    boolean isShort = !value.isEmpty() && SHORT.matcher(value).matches();
    try {
      Duration time = Duration.parse(isShort ? "PT" + value.toUpperCase(Locale.ROOT) : value);
      if (!time.isNegative()) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // The message below says what is wanted.
    }
    throw new TypeConversionException("'" + value + "' is no time such as 30s, 5m or PT30S");
  }
}
