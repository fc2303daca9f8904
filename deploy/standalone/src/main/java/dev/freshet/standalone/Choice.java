package dev.freshet.standalone;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** One of a closed set, by the name that people type. */
final class Choice {
  private Choice() {}

  static <T extends Enum<T>> T of(Class<T> type, String text) {
    for (T choice : type.getEnumConstants()) {
      if (choice.toString().equals(text)) {
        return choice;
      }
    }
    throw new TypeConversionException(
        Arrays.stream(type.getEnumConstants())
            .map(Object::toString)
            .collect(Collectors.joining(", ", "expected one of ", ", got '" + text + "'")));
  }
}
