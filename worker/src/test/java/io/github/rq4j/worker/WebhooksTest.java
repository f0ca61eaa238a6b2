package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which requests a receiver gets, and what a bad receiver can do. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class WebhooksTest {
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch answer = new CountDownLatch(1);
  private final ExecutorService receiverThreads = Executors.newCachedThreadPool();
  private final WorkerFixture fixture;
  private HttpServer receiver;

  WebhooksTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.setExecutor(receiverThreads);
    receiver.start();
  }

  @AfterEach
  void stop() {
    answer.countDown();
    receiver.stop(0);
    receiverThreads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
    try {
      if (exchange.getRequestURI().getPath().equals("/slow")) {
        answer.await();
      }
      int code = exchange.getRequestURI().getPath().equals("/broken") ? 500 : 200;
      exchange.sendResponseHeaders(code, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private String url(String path) {
    InetSocketAddress address = receiver.getAddress();
    return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path;
  }

  private String hook(String path, String status, String rest) {
    return "{\"url\": \"" + url(path) + "\", \"job_status\": \"" + status + "\"" + rest + "}";
  }

  private Job enqueue(String function, String... hooks) {
    Job job = fixture.enqueue("j", Call.of(function));
    fixture.redis.command("HSET", "rq:job:j", "webhooks", "[" + String.join(", ", hooks) + "]");
    return job;
  }

  @Test
  void webhooks_of_the_jobs_end_are_sent_in_their_order_and_others_are_not()
      throws InterruptedException {
    enqueue(
        "none",
        hook("/first", "finished", ""),
        hook("/other", "failed", ""),
        hook("/second", "finished", ", \"method\": \"GET\""));
    fixture.burst();
    assertThat(requests).containsExactly("GET /first ", "GET /second ");
  }

  @Test
  void a_post_tells_what_became_of_the_job() throws InterruptedException {
    Job job = enqueue("boom", hook("/", "failed", ", \"method\": \"POST\""));
    fixture.burst();
    String text = job.latestResult().orElseThrow().excString();
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0))
        .startsWith(
            "POST / {\"job_id\": \"j\", \"func_name\": \"boom\", \"status\": \"failed\","
                + " \"enqueued_at\": \"")
        .contains("+00:00\", \"ended_at\": \"")
        .contains("\"exc_info\": \"Traceback (most recent call last):\\n")
        .contains("IllegalStateException: kaput\\n");
    assertThat(text).endsWith("kaput\n");
  }

  @Test
  void a_failure_that_is_retried_sends_nothing_until_the_last() throws InterruptedException {
    enqueue("boom", hook("/", "failed", ""));
    fixture.redis.command("HSET", "rq:job:j", "retries_left", "2");
    fixture.burst();
    assertThat(requests).hasSize(1);
  }

  private void abandon() {
    fixture.redis.command("LREM", "rq:queue:default", "0", "j");
    fixture.redis.command("HSET", "rq:job:j", "status", "started", "ended_at", "");
    fixture.redis.command("ZADD", "rq:wip:default", "5", "j:x1");
  }

  @Test
  void the_webhooks_of_an_abandoned_job_tell_of_no_end() throws InterruptedException {
    enqueue("none", hook("/", "failed", ", \"method\": \"POST\""));
    abandon();
    fixture.burst();
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0))
        .contains("\"status\": \"failed\"", "\"ended_at\": null")
        .contains("\"exc_info\": \"Moved to FailedJobRegistry, due to AbandonedJobError, at ");
  }

  @Test
  void an_abandoned_job_that_is_retried_sends_no_webhooks() throws InterruptedException {
    enqueue("none", hook("/", "failed", ""));
    abandon();
    fixture.redis.command("HSET", "rq:job:j", "retries_left", "1");
    fixture.burst();
    assertThat(fixture.hget("rq:job:j", "status")).isEqualTo("finished");
    assertThat(requests).isEmpty();
  }

  @Test
  void a_receiver_that_refuses_or_is_not_there_does_not_keep_the_others_from_being_told()
      throws InterruptedException {
    Job job =
        enqueue(
            "none",
            hook("/broken", "finished", ""),
            "{\"url\": \"http://127.0.0.1:1/\", \"job_status\": \"finished\"}",
            hook("/after", "finished", ""));
    fixture.burst();
    assertThat(requests).containsExactly("GET /broken ", "GET /after ");
    assertThat(job.status()).isEqualTo(io.github.rq4j.client.JobStatus.FINISHED);
  }

  @Test
  void a_slow_receiver_does_not_keep_the_slot() throws InterruptedException {
    enqueue("none", hook("/slow", "finished", ""));
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
      WorkerFixture.await().until(() -> requests.size() == 1);
      fixture.awaitStatus(fixture.note("next"), io.github.rq4j.client.JobStatus.FINISHED);
      answer.countDown();
    }
  }

  @Test
  void a_receiver_that_takes_too_long_is_given_up() throws InterruptedException {
    enqueue("none", hook("/slow", "finished", ", \"timeout\": 1"), hook("/after", "finished", ""));
    fixture.burst();
    assertThat(requests).containsExactly("GET /slow ", "GET /after ");
  }

  @Test
  void closing_waits_for_webhooks_no_longer_than_the_shutdown_timeout()
      throws InterruptedException {
    enqueue("none", hook("/slow", "finished", ", \"timeout\": 600"));
    long begin = System.nanoTime();
    try (RqWorker worker =
        fixture.worker().burst(true).shutdownTimeout(Duration.ofMillis(300)).build()) {
      worker.runUntilShutdown();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void webhooks_that_cannot_be_read_are_void_and_the_job_is_not() throws InterruptedException {
    Job job =
        enqueue(
            "none",
            hook("/", "finished", ""),
            "{\"url\": \"ftp://x\", \"job_status\": \"failed\"}");
    fixture.burst();
    assertThat(requests).isEmpty();
    assertThat(job.status()).isEqualTo(io.github.rq4j.client.JobStatus.FINISHED);
  }

  @Test
  void an_address_is_shown_without_user_password_and_query() {
    Webhook webhook =
        new Webhook(
            java.net.URI.create("https://ada:secret@example.com:8443/hook?token=secret#secret"),
            "finished",
            false,
            java.util.Map.of(),
            10);
    assertThat(webhook.shownUrl()).isEqualTo("https://example.com:8443/hook");
  }
}
