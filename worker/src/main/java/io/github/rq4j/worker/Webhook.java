package io.github.rq4j.worker;

import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.json.JsonSerializer;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that a job wants to be sent when it has ended; RQ's {@code Webhook} (2.10 on).
 *
 * @param url where to
 * @param status the end that it is for: {@code finished} or {@code failed}
 * @param post whether it is a POST, which has a body, or a GET
 * @param headers its own headers
 * @param timeoutSeconds how long the answer may take
 */
record Webhook(
    URI url, String status, boolean post, Map<String, String> headers, long timeoutSeconds) {
  private static final Logger log = LoggerFactory.getLogger(Webhook.class);
  private static final Set<String> STATUSES =
      Set.of(JobStatus.FINISHED.text(), JobStatus.FAILED.text());
  private static final long DEFAULT_TIMEOUT_SECONDS = 10;

  /** The job's webhooks for an end. As in RQ, one that cannot be read makes all of them void. */
  static List<Webhook> of(ClaimedJob claimed, JobStatus status) {
    byte[] json = claimed.job().bytes(JobFields.WEBHOOKS);
    if (json == null) {
      return List.of();
    }
    try {
      List<Webhook> webhooks = new ArrayList<>();
      if (!(JsonSerializer.defaults().deserialize(json) instanceof List<?> entries)) {
        throw new IllegalArgumentException("they are no list");
      }
      for (Object entry : entries) {
        webhooks.add(read(entry));
      }
      return webhooks.stream().filter(hook -> hook.status().equals(status.text())).toList();
    } catch (CodecException | IllegalArgumentException e) {
      log.warn("Job {}: failed to deserialize webhooks: {}", claimed.id(), e.getMessage());
      return List.of();
    }
  }

  private static Webhook read(@Nullable Object entry) {
    if (!(entry instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("one is no object");
    }
    Object status = fields.get("job_status");
    if (!(status instanceof String text) || !STATUSES.contains(text)) {
      throw new IllegalArgumentException("a job_status is not one of " + STATUSES);
    }
    Object method = fields.get("method");
    if (method != null && !method.equals("GET") && !method.equals("POST")) {
      throw new IllegalArgumentException("a method is neither GET nor POST");
    }
    Object timeout = fields.get("timeout");
    if (timeout != null && !(timeout instanceof Long seconds && seconds > 0)) {
      throw new IllegalArgumentException("a timeout is no positive integer");
    }
    return new Webhook(
        url(fields.get("url")),
        text,
        "POST".equals(method),
        headers(fields.get("headers")),
        timeout == null ? DEFAULT_TIMEOUT_SECONDS : (Long) timeout);
  }

  private static URI url(@Nullable Object value) {
    URI url;
    try {
      url = URI.create(String.valueOf(value));
    } catch (IllegalArgumentException e) {
      // Its message would show the address, which may hold a secret.
      throw new IllegalArgumentException("a url is none", null);
    }
    boolean http =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException("a url is not http:// or https://");
    }
    return url;
  }

  private static Map<String, String> headers(@Nullable Object value) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> entries) {
      entries.forEach((name, text) -> headers.put(String.valueOf(name), String.valueOf(text)));
    } else if (value != null) {
      throw new IllegalArgumentException("headers are no object");
    }
    return headers;
  }

  /** Where it goes to, without what may be secret: user, password, query. */
  String shownUrl() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
  }
}
