package io.github.rq4j.worker;

import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.codec.json.JsonSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the webhooks of jobs whose end has been stored, one after another in a thread of its own,
 * so that a slow receiver keeps no slot. Nothing that goes wrong with them is more than logged.
 */
final class Webhooks {
  private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
  private static final int MAXIMUM_WAITING = 1_000;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final int FIRST_ERROR = 300;
  private static final int NANOS_OF_MICRO = 1_000;
  private static final DateTimeFormatter WHOLE_SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

  private final WorkerConfig config;
  private final ThreadPoolExecutor sender;
  private @Nullable HttpClient client;

  Webhooks(WorkerConfig config) {
    this.config = config;
    this.sender =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(MAXIMUM_WAITING),
            Threads.daemons(threadName()));
    this.sender.allowCoreThreadTimeOut(true);
  }

  private String threadName() {
    return "rq-worker-" + config.name() + "-webhooks";
  }

  /**
   * Takes note that a job's outcome has been stored.
   *
   * @param endedAt the end that was stored with it
   */
  void stored(String workerName, ClaimedJob claimed, Outcome outcome, Instant endedAt) {
    if (claimed.job().bytes(JobFields.WEBHOOKS) == null) {
      return;
    }
    JobStatus status = end(claimed, outcome, endedAt);
    if (status != null) {
      ExecutedJob job = new ExecutedJob(claimed, config, workerName);
      sendLater(claimed, job, status, textOf(outcome), endedAt);
    }
  }

  /** Takes note that maintenance has failed or retried a job whose worker is gone. */
  void lost(LostJob lost) {
    ClaimedJob claimed = lost.claimed();
    if (lost.isRetried() || claimed.job().bytes(JobFields.WEBHOOKS) == null) {
      return;
    }
    // As in RQ: nobody knows when such a run ended.
    sendLater(claimed, lost.executed(), JobStatus.FAILED, lost.failureText(), lost.endedAt());
  }

  private void sendLater(
      ClaimedJob claimed,
      ExecutedJob job,
      JobStatus status,
      String traceback,
      @Nullable Instant endedAt) {
    try {
      sender.execute(() -> send(Webhook.of(claimed, status), job, traceback, endedAt));
    } catch (RejectedExecutionException e) {
      log.warn(
          "Webhooks of job {} are not sent: {} jobs wait for theirs already",
          claimed.id(),
          MAXIMUM_WAITING);
    }
  }

  private static String textOf(Outcome outcome) {
    if (outcome instanceof Outcome.Killed killed) {
      return killed.text();
    }
    if (outcome instanceof Outcome.Refused refused) {
      return refused.text();
    }
    return outcome instanceof Outcome.Failed failed ? failed.text() : "";
  }

  /** How the job has ended; null where it is to run again, or was stopped. */
  private static @Nullable JobStatus end(ClaimedJob claimed, Outcome outcome, Instant endedAt) {
    if (outcome instanceof Outcome.Finished) {
      return JobStatus.FINISHED;
    }
    if (outcome instanceof Outcome.Refused) {
      return JobStatus.FAILED;
    }
    if (outcome instanceof Outcome.Stopped || outcome instanceof Outcome.Requeued) {
      return null;
    }
    boolean again =
        outcome instanceof Outcome.Retried retried
            ? ReturnedRetryPlan.of(claimed.job(), retried.retry(), endedAt).isPresent()
            : RetryPlan.of(claimed.job(), endedAt).isPresent();
    return again ? null : JobStatus.FAILED;
  }

  private void send(
      List<Webhook> webhooks, ExecutedJob job, String traceback, @Nullable Instant endedAt) {
    for (Webhook webhook : webhooks) {
      try {
        int code = send(request(webhook, job, traceback, endedAt));
        if (code >= FIRST_ERROR) {
          warn(webhook, job, "the answer was " + code);
        }
      } catch (IOException e) {
        warn(webhook, job, e.getClass().getName());
      } catch (IllegalArgumentException e) {
        warn(webhook, job, "a header cannot be sent");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        warn(webhook, job, "the worker ended");
        return;
      }
    }
  }

  private static void warn(Webhook webhook, ExecutedJob job, String problem) {
    log.warn("Failed to send webhook to {} for job {}: {}", webhook.shownUrl(), job.id(), problem);
  }

  private int send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client().send(request, HttpResponse.BodyHandlers.ofInputStream());
    // As in RQ, the answer counts as soon as it begins; nobody reads what it says.
    response.body().close();
    return response.statusCode();
  }

  private synchronized HttpClient client() {
    HttpClient present = client;
    if (present == null) {
      present =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NORMAL)
              .executor(Executors.newCachedThreadPool(Threads.daemons(threadName() + "-http")))
              .build();
      client = present;
    }
    return present;
  }

  private HttpRequest request(
      Webhook webhook, ExecutedJob job, String traceback, @Nullable Instant endedAt) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(Duration.ofSeconds(webhook.timeoutSeconds()))
            .setHeader("User-Agent", "rq4j");
    if (webhook.post()) {
      request
          .setHeader("Content-Type", "application/json")
          .POST(BodyPublishers.ofByteArray(body(webhook, job, traceback, endedAt)));
    }
    webhook.headers().forEach(request::setHeader);
    return request.build();
  }

  private static byte[] body(
      Webhook webhook, ExecutedJob job, String traceback, @Nullable Instant endedAt) {
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("job_id", job.id());
    payload.put("func_name", job.functionName());
    payload.put("status", webhook.status());
    payload.put("enqueued_at", isoFormat(job.enqueuedAt()));
    payload.put("ended_at", isoFormat(endedAt));
    if (webhook.status().equals(JobStatus.FAILED.text())) {
      payload.put("exc_info", traceback);
    }
    return JsonSerializer.defaults().serialize(payload);
  }

  /** What Python's {@code isoformat()} gives: no fraction where it is zero. */
  private static @Nullable String isoFormat(@Nullable Instant instant) {
    if (instant == null) {
      return null;
    }
    OffsetDateTime moment = instant.atOffset(ZoneOffset.UTC);
    boolean whole = moment.getNano() < NANOS_OF_MICRO;
    return (whole ? WHOLE_SECONDS : MICROSECONDS).format(moment);
  }

  /**
   * Ends the sending.
   *
   * @param patience how long the webhooks that wait may take to be sent
   */
  void close(Duration patience) {
    sender.shutdown();
    try {
      if (sender.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int lost = sender.getActiveCount() + sender.shutdownNow().size();
    if (lost > 0) {
      log.warn("Worker {}: ended before the webhooks of {} jobs were sent", config.name(), lost);
    }
  }
}
