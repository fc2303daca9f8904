package dev.freshet.standalone.load.readers;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/** What examples are called; a task's state has the id of each of its examples twice. */
public enum ExampleIds {
  /** {@code r} and a number. */
  NUMBERED,
  /** 36 characters. */
  UUIDS;

  String of(long number, SplittableRandom random) {
    return switch (this) {
      case NUMBERED -> "r" + number;
      case UUIDS -> new UUID(random.nextLong(), random.nextLong()).toString();
    };
  }

  /** As people type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
