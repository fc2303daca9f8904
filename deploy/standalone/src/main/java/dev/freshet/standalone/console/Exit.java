package dev.freshet.standalone.console;

/** Exit statuses of {@code freshet}; part of its interface, listed in its help. */
public enum Exit {
  OK(0, "it worked"),
  FAILED(1, "it failed; the message says why"),
  USAGE(2, "wrong options: the message says what, what was expected and what was got"),
  UNREACHABLE(3, "no broker answers at the given address"),
  INCOMPLETE(4, "answers are missing, or a release is damaged"),
  INTERRUPTED(130, "interrupted");

  private final int status;
  private final String meaning;

  Exit(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  public int status() {
    return status;
  }

  public String meaning() {
    return meaning;
  }
}
