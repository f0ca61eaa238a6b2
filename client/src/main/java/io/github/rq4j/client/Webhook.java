package io.github.rq4j.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request that the worker sends when a job has ended; RQ's {@code Webhook} (RQ 2.10 on).
 * Immutable. Shows neither path nor headers when printed, since both may hold secrets.
 *
 * @param url where to, with {@code http} or {@code https}, in ASCII
 * @param event which end of the job
 * @param method {@code GET} has no body, {@code POST} has a JSON object
 * @param headers more headers by name
 * @param timeout how long to wait, in whole seconds from 1 to 2<sup>31</sup>-1
 */
public record Webhook(
    String url, Event event, Method method, Map<String, String> headers, Duration timeout) {
  /** RQ's default: wait for at most 10 seconds. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Which end of a job a webhook tells of. */
  public enum Event {
    /** It returned. */
    FINISHED,
    /** It failed for good. */
    FAILED
  }

  /** How a webhook is sent. */
  public enum Method {
    /** Without a body. */
    GET,
    /** With a JSON object that describes the job. */
    POST
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the URL is none of HTTP, a header cannot be sent, or the
   *     timeout is out of its range
   */
  public Webhook {
    checkUrl(url);
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    headers.forEach(Webhook::checkHeader);
    Seconds.checked("a webhook's timeout", timeout, 1);
  }

  /**
   * A GET request when the job has finished, with RQ's timeout.
   *
   * @throws IllegalArgumentException if the URL is none of HTTP
   */
  public static Webhook onFinished(String url) {
    return new Webhook(url, Event.FINISHED, Method.GET, Map.of(), DEFAULT_TIMEOUT);
  }

  /**
   * A GET request when the job has failed, with RQ's timeout.
   *
   * @throws IllegalArgumentException if the URL is none of HTTP
   */
  public static Webhook onFailed(String url) {
    return new Webhook(url, Event.FAILED, Method.GET, Map.of(), DEFAULT_TIMEOUT);
  }

  /** The same as a POST request. */
  public Webhook post() {
    return new Webhook(url, event, Method.POST, headers, timeout);
  }

  /**
   * The same with one more header.
   *
   * @throws IllegalArgumentException if HTTP has no such header
   */
  public Webhook header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Webhook(url, event, method, more, timeout);
  }

  /**
   * The same with another timeout.
   *
   * @throws IllegalArgumentException if it is no whole number of seconds from 1 on
   */
  public Webhook withTimeout(Duration limit) {
    return new Webhook(url, event, method, headers, limit);
  }

  private static void checkUrl(String url) {
    try {
      URI parsed = new URI(url);
      String scheme = parsed.getScheme();
      boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      String authority = parsed.getRawAuthority();
      if (http && authority != null && StandardCharsets.US_ASCII.newEncoder().canEncode(url)) {
        return;
      }
    } catch (URISyntaxException e) {
      // Its message would show the URL.
    }
    throw new IllegalArgumentException(
        "a webhook's url must be one of http:// or https:// in ASCII, percent-encoded");
  }

  private static void checkHeader(String name, String value) {
    boolean sendable =
        StandardCharsets.ISO_8859_1.newEncoder().canEncode(value)
            && value.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0);
    if (!HEADER_NAME.matcher(name).matches() || !sendable) {
      throw new IllegalArgumentException(
          "a webhook's header '" + name + "' has a name or value that HTTP does not allow");
    }
  }

  /** What RQ's {@code to_dict} gives, for its JSON. */
  Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("url", url);
    map.put("job_status", event.name().toLowerCase(Locale.ROOT));
    map.put("method", method.name());
    map.put("headers", headers.isEmpty() ? null : headers);
    map.put("timeout", timeout.toSeconds());
    return map;
  }

  /** Method, host and event. */
  @Override
  public String toString() {
    return "Webhook(" + method + " " + URI.create(url).getHost() + " when " + event + ")";
  }
}
