package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.RqWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver cannot tell whether RQ's worker or a Java worker ran the job. */
@WithPythonRq
class WebhooksTest {
  /** What the two HTTP clients add on their own account. */
  private static final List<String> OF_THE_CLIENT =
      List.of("user-agent", "accept-encoding", "connection", "host");

  private record Request(String line, Map<String, String> headers, String body) {}

  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.toString()));
    OF_THE_CLIENT.forEach(headers::remove);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        new Request(exchange.getRequestMethod() + " " + exchange.getRequestURI(), headers, body));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private String webhook(String path, String arguments) {
    int port = receiver.getAddress().getPort();
    return "import_module('rq.webhook').Webhook('http://127.0.0.1:%d%s', %s)"
        .formatted(port, path, arguments);
  }

  private static Handlers handlers() {
    return Handlers.builder()
        .register(
            "rq4j_fixtures.tasks.add",
            Parameter.of("x", Long.class),
            Parameter.of("y", Long.class).orElse(0L),
            Long::sum)
        .register(
            "rq4j_fixtures.tasks.boom",
            Parameter.of("message", String.class),
            message -> {
              throw new IllegalStateException(message);
            })
        .build();
  }

  /** What is sent for a job that RQ's worker runs, and for one that a Java worker runs. */
  private List<List<Request>> ofBoth(
      PythonRq python, TestRedis redis, String function, String arguments, String options)
      throws InterruptedException {
    python.enqueue(function, arguments, options + ", job_id='same'");
    python.workBurst();
    List<Request> ofPython = List.copyOf(requests);
    requests.clear();
    python.enqueue(function, arguments, options + ", job_id='same'");
    try (RqWorker worker =
        RqWorker.builder(redis.uri().toString(), handlers()).burst(true).build()) {
      worker.runUntilShutdown();
    }
    return List.of(ofPython, List.copyOf(requests));
  }

  /** A body without the moments and texts that differ from run to run, but with their form. */
  private static String shape(Request request) {
    return request
        .body()
        .replaceAll(
            "\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?\\+00:00\"", "\"MOMENT\"")
        .replaceAll("\"Traceback \\(most recent call last\\):\\\\n.*\\\\n\"", "\"TRACEBACK\"");
  }

  private static void assertAlike(List<List<Request>> both) {
    assertThat(both.get(0)).isNotEmpty().hasSameSizeAs(both.get(1));
    for (int i = 0; i < both.get(0).size(); i++) {
      Request python = both.get(0).get(i);
      Request java = both.get(1).get(i);
      assertThat(java.line()).isEqualTo(python.line());
      assertThat(shape(java)).isEqualTo(shape(python));
      assertThat(withoutLength(java)).isEqualTo(withoutLength(python));
    }
  }

  /**
   * The traceback of Java is longer than that of Python, and before Java 19 even a GET tells its
   * length of 0.
   */
  private static Map<String, String> withoutLength(Request request) {
    Map<String, String> headers = new TreeMap<>(request.headers());
    headers.remove("content-length");
    return headers;
  }

  @Test
  void a_finished_job_is_told_of_alike(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String options =
        "webhooks=[%s, %s, %s]"
            .formatted(
                webhook("/post?x=1", "'finished', method='POST', headers={'X-Shop': 'ada'}"),
                webhook("/get", "'finished', headers={'authorization': 'Bearer t'}"),
                webhook("/failed", "'failed'"));
    List<List<Request>> both = ofBoth(python, redis, "rq4j_fixtures.tasks.add", "1, 2", options);
    assertAlike(both);
    assertThat(both.get(1).get(0).body())
        .contains("\"job_id\": \"same\", \"func_name\": \"rq4j_fixtures.tasks.add\"");
    assertThat(both.get(1).get(0).headers())
        .containsEntry("x-shop", "[ada]")
        .containsEntry("content-type", "[application/json]");
  }

  @Test
  void a_failed_job_is_told_of_alike(PythonRq python, TestRedis redis) throws InterruptedException {
    String options =
        "webhooks=[%s]"
            .formatted(
                webhook(
                    "/failed",
                    "'failed', method='POST', headers={'content-type': 'application/x-shop'}"));
    List<List<Request>> both =
        ofBoth(python, redis, "rq4j_fixtures.tasks.boom", "'\\u4f60'", options);
    assertAlike(both);
    assertThat(both.get(1).get(0).body()).contains("IllegalStateException: \\u4f60\\n");
  }

  @Test
  void a_job_that_asked_for_too_many_runs_is_told_of_with_an_empty_text(
      PythonRq python, TestRedis redis) throws InterruptedException {
    String options = "webhooks=[%s]".formatted(webhook("/", "'failed', method='POST'"));
    python.enqueue("rq4j_fixtures.tasks.ask_again", "1", options + ", job_id='same'");
    python.workBurst();
    python.enqueue("rq4j_fixtures.tasks.ask_again", "1", options + ", job_id='again'");
    Handlers handlers =
        Handlers.builder()
            .register(
                "rq4j_fixtures.tasks.ask_again", arguments -> io.github.rq4j.client.Retry.times(1))
            .build();
    try (RqWorker worker = RqWorker.builder(redis.uri().toString(), handlers).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(requests).hasSize(2);
    assertThat(shape(requests.get(1)).replace("again\", \"func", "same\", \"func"))
        .isEqualTo(shape(requests.get(0)));
    assertThat(requests.get(0).body()).endsWith("\"exc_info\": \"\"}");
  }
}
