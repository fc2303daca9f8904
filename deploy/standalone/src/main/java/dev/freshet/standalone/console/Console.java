package dev.freshet.standalone.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes. Results go to standard output; progress, warnings and errors to standard
 * error, so that a pipe sees results alone.
 */
public final class Console {
  private static final ObjectMapper INDENTED =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper ONE_LINE = new ObjectMapper();

  private final PrintStream out;
  private final PrintStream err;

  public Console(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** The streams of this process, in UTF-8 whatever the locale says. */
  public static Console system() {
    return new Console(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8));
  }

  /** A line of the result. */
  public void result(String line) {
    out.println(line);
    out.flush();
  }

  /** A line beside the result. */
  public void note(String line) {
    err.println(line);
    err.flush();
  }

  /** Text of the result as it is, e.g. with control sequences; no line end is added. */
  public void raw(String text) {
    out.print(text);
    out.flush();
  }

  /** The result as one JSON document over several lines. */
  public void document(Object value) {
    result(write(INDENTED, value));
  }

  /** One of a stream of results: a JSON document on a line of its own. */
  public void documentLine(Object value) {
    result(write(ONE_LINE, value));
  }

  public PrintStream err() {
    return err;
  }

  private static String write(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + value.getClass() + " as JSON", e);
    }
  }
}
