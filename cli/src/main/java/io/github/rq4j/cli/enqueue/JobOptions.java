package io.github.rq4j.cli.enqueue;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.GivenOption;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Retry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a job is to be treated, by the options of {@code rq enqueue}. */
final class JobOptions {
  private static final Pattern SPAN = Pattern.compile("([+-]?[0-9]{1,15})([dhms]?)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-M-d'T'H:m:s", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long it may run, such as 90, 5m or 1h. Default: 180.")
  private @Nullable String timeout;

  @Option(
      names = "--result-ttl",
      paramLabel = "TIME",
      description = "How long its result is kept. Default: what the worker decides, usually 500.")
  private @Nullable String resultTtl;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "How long it may wait before it is discarded. Default: for ever.")
  private @Nullable String ttl;

  @Option(
      names = "--failure-ttl",
      paramLabel = "TIME",
      description = "How long it is kept if it fails. Default: a year.")
  private @Nullable String failureTtl;

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "What dashboards show. Default: the call.")
  private @Nullable String description;

  @Option(
      names = "--depends-on",
      paramLabel = "JOB",
      description = "The id of a job that has to succeed first; can be repeated.")
  private List<String> dependsOn = List.of();

  @Option(names = "--job-id", paramLabel = "ID", description = "Its id. Default: random.")
  private @Nullable String jobId;

  @Option(names = "--at-front", description = "Puts it before all that wait.")
  private boolean atFront;

  @Option(
      names = "--retry-max",
      paramLabel = "N",
      description = "How often it is run again if it fails. Default: 0.")
  private int retryMax;

  @Option(
      names = "--retry-interval",
      paramLabel = "SECONDS",
      description = "How long to wait before each of these runs; can be repeated. Default: 0.")
  private List<Long> retryIntervals = List.of();

  @Option(
      names = "--schedule-in",
      paramLabel = "TIME",
      description = "Enqueues it after a while, such as 10s, 5m or 2d.")
  private @Nullable String scheduleIn;

  @Option(
      names = "--schedule-at",
      paramLabel = "TIME",
      description = "Enqueues it at a time of the local zone, such as 2021-05-27T21:45:00.")
  private @Nullable String scheduleAt;

  /**
   * The options for the client.
   *
   * @throws CommandFailure if the value of one is out of its range
   */
  EnqueueOptions enqueueOptions(String call) {
    EnqueueOptions.Builder options = EnqueueOptions.builder().atFront(atFront);
    GivenOption.set("--timeout", timeout, options::timeout);
    GivenOption.set("--result-ttl", resultTtl, options::resultTtl);
    GivenOption.set("--ttl", ttl, options::ttl);
    GivenOption.set("--failure-ttl", failureTtl, options::failureTtl);
    boolean isDescribed = description != null && !description.isEmpty();
    GivenOption.set("--description", isDescribed ? description : call, options::description);
    GivenOption.set("--job-id", jobId, options::jobId);
    for (String id : dependsOn) {
      GivenOption.set("--depends-on", id, options::dependsOn);
    }
    if (retryMax > 0) {
      Duration[] intervals =
          retryIntervals.stream().map(Duration::ofSeconds).toArray(Duration[]::new);
      GivenOption.set(
          "--retry-interval",
          intervals,
          waits -> options.retry(Retry.times(retryMax).after(waits)));
    }
    try {
      return options.build();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.misuse(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * When the job is to be enqueued; null for now.
   *
   * @throws CommandFailure if it is said twice or not understood
   */
  @Nullable Instant time(Instant now) {
    if (scheduleIn != null && scheduleAt != null) {
      throw CommandFailure.misuse("You can't specify both --schedule-in and --schedule-at");
    }
    if (scheduleIn != null) {
      return now.plus(span(scheduleIn));
    }
    return scheduleAt == null ? null : localTime(scheduleAt);
  }

  private static Duration span(String text) {
    Matcher matcher = SPAN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw CommandFailure.misuse(
          "--schedule-in must be seconds or a number with unit d, h, m or s, such as 1h, not "
              + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "d" -> Duration.ofDays(number);
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static Instant localTime(String text) {
    try {
      return LocalDateTime.parse(text, TIME).atZone(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException e) {
      throw CommandFailure.misuse(
          "--schedule-at must be a time such as 2021-05-27T21:45:00, not " + text, e);
    }
  }
}
