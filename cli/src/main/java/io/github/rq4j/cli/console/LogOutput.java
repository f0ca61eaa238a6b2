package io.github.rq4j.cli.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.OutputStream;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log lines in the form of {@code rq worker}'s: time and message, ERROR and above to standard
 * error, all else to standard output. Configured here and not in a file, so that no other program
 * that has this module on its class path is given it.
 */
public final class LogOutput {
  private LogOutput() {}

  /** Sends the JVM's log messages of that level and above to the streams, and nowhere else. */
  public static void configure(OutputStream out, OutputStream err, LogLevel level) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return; // an application brought another back end along, with a configuration of its own
    }
    context.reset();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level.level());
    root.addAppender(appender(context, out, at -> !at.isGreaterOrEqual(Level.ERROR)));
    root.addAppender(appender(context, err, at -> at.isGreaterOrEqual(Level.ERROR)));
    if (level == LogLevel.DEBUG) {
      context.getLogger("redis.clients").setLevel(Level.INFO);
    }
  }

  private static OutputStreamAppender<ILoggingEvent> appender(
      LoggerContext context, OutputStream stream, Predicate<Level> levels) {
    LogLines encoder = new LogLines();
    encoder.setContext(context);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(new Unclosed(stream));
    appender.addFilter(only(levels));
    appender.start();
    return appender;
  }

  private static Filter<ILoggingEvent> only(Predicate<Level> levels) {
    return new Filter<>() {
      @Override
      public FilterReply decide(ILoggingEvent event) {
        return levels.test(event.getLevel()) ? FilterReply.NEUTRAL : FilterReply.DENY;
      }
    };
  }
}
