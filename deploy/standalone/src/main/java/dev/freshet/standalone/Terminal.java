package dev.freshet.standalone;

/** What the launcher found out about the streams; Java cannot ask for each of them. */
final class Terminal {
  private Terminal() {}

  static boolean isStdout() {
    return Boolean.getBoolean("freshet.stdout.terminal");
  }

  static boolean isStderr() {
    return Boolean.getBoolean("freshet.stderr.terminal");
  }
}
