package dev.freshet.standalone.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Where the log goes: to standard error what a person should see, to the file of a data directory
 * everything.
 */
public final class LogSetup {
  private static final String PATTERN = "%d{ISO8601} %-5level [%thread] %logger{36} %msg%n";
  private static final FileSize FILE_SIZE_MAX = FileSize.valueOf("16MB");

  private LogSetup() {}

  /** Shows on standard error what Freshet, Kafka and Flink do, stack traces included. */
  public static void verbose() {
    root().setLevel(Level.INFO);
    if (root().getAppender("STDERR") instanceof ConsoleAppender<ILoggingEvent> stderr) {
      stderr.clearAllFilters();
      stderr.setEncoder(encoder(root().getLoggerContext()));
    }
  }

  /** Writes everything to a file from here on, of which four parts of 16 MB are kept. */
  public static void toFile(Path file) {
    LoggerContext context = root().getLoggerContext();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder(context));
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMaxIndex(3);
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
    trigger.setContext(context);
    trigger.setMaxFileSize(FILE_SIZE_MAX);
    trigger.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(trigger);
    appender.start();
    keepStderrQuiet();
    root().addAppender(appender);
    root().setLevel(Level.INFO);
  }

  private static void keepStderrQuiet() {
    if (root().getAppender("STDERR") instanceof ConsoleAppender<ILoggingEvent> stderr
        && !root().getLevel().equals(Level.INFO)) {
      ThresholdFilter filter = new ThresholdFilter();
      filter.setLevel(Level.ERROR.toString());
      filter.start();
      stderr.addFilter(filter);
    }
  }

  private static PatternLayoutEncoder encoder(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
