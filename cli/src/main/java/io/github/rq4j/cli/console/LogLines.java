package io.github.rq4j.cli.console;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as {@code rq worker} does: local time, message and, if there is one, the
 * exception. Logback's own patterns can do that, too, but the language that they are written in
 * takes longer to get ready than a short job to run.
 */
final class LogLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NONE = {};

  @Override
  public byte[] headerBytes() {
    return NONE;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    appendTime(line, event.getTimeStamp());
    line.append(' ').append(event.getFormattedMessage()).append(System.lineSeparator());
    @Nullable IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void appendTime(StringBuilder line, long epochMillis) {
    Instant instant = Instant.ofEpochMilli(epochMillis);
    // Asked for each time: a daylight saving time begins and ends while a worker runs.
    int offset = ZoneId.systemDefault().getRules().getOffset(instant).getTotalSeconds();
    int second = Math.floorMod(instant.getEpochSecond() + offset, 86_400);
    appendPair(line, second / 3_600);
    appendPair(line.append(':'), second / 60 % 60);
    appendPair(line.append(':'), second % 60);
  }

  private static void appendPair(StringBuilder line, int number) {
    line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  @Override
  public byte[] footerBytes() {
    return NONE;
  }
}
