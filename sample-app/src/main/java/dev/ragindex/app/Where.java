package dev.ragindex.app;

import dev.ragindex.api.Filter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code KEY=VALUE}. Metadata is typed and a command line is not, so a value is looked for in
 * each type that can hold it: as a text, in a list of texts, as a number, truth value or instant.
 */
final class Where implements ITypeConverter<Filter> {

  @Override
  public Filter convert(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new TypeConversionException("'" + text + "' is not KEY=VALUE");
    }
    return matching(text.substring(0, equals), text.substring(equals + 1));
  }

  private static Filter matching(String key, String value) {
    List<Filter> readings = new ArrayList<>();
    readings.add(Filter.eq(key, value));
    readings.add(Filter.anyOf(key, value));
    addNumbers(readings, key, value);
    if (value.equals("true") || value.equals("false")) {
      readings.add(Filter.eq(key, Boolean.parseBoolean(value)));
    }
    addInstant(readings, key, value);
    return new Filter.Or(readings);
  }

  private static void addNumbers(List<Filter> readings, String key, String value) {
    try {
      double real = Double.parseDouble(value);
      if (Double.isFinite(real)) {
        readings.add(Filter.eq(key, real));
      }
      readings.add(Filter.eq(key, Long.parseLong(value)));
    } catch (NumberFormatException notThatNumber) {
      return;
    }
  }

  private static void addInstant(List<Filter> readings, String key, String value) {
    try {
      readings.add(Filter.eq(key, Instant.parse(value)));
    } catch (DateTimeParseException notAnInstant) {
      return;
    }
  }
}
