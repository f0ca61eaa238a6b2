package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** A worker on queues where some of the jobs are for others. */
@Isolated("counts the commands of the whole server")
@WithRedis
@ExtendWith(WorkerExtension.class)
class OnlyRegisteredTest {
  private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=(\\d+)");
  private static final Duration MEASURED = Duration.ofSeconds(6);

  private final WorkerFixture fixture;

  OnlyRegisteredTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  private RqWorkerBuilder worker() {
    return fixture.worker().onlyRegistered(true);
  }

  private void burst(String... queues) throws InterruptedException {
    try (RqWorker worker = worker().queues(queues).burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  private void foreign(String queue, String id) {
    fixture.enqueue(queue, Call.of("python.only").args(id), EnqueueOptions.builder().jobId(id));
  }

  private String queued(String queue) {
    return fixture.list("LRANGE", "rq:queue:" + queue, "0", "-1").toString();
  }

  @Test
  void jobs_of_others_stay_where_they_are() throws InterruptedException {
    foreign("default", "f1");
    fixture.note("a");
    foreign("default", "f2");
    fixture.note("b");
    foreign("default", "f3");
    burst("default");
    assertThat(fixture.ran).containsExactly("a", "b");
    assertThat(queued("default")).isEqualTo("[f1, f2, f3]");
    assertThat(fixture.client.job("f1").status()).isEqualTo(JobStatus.QUEUED);
    assertThat(fixture.hget("rq:job:f1", "origin")).isEqualTo("default");
    assertThat(fixture.hget("rq:job:f1", "started_at")).isNullOrEmpty();
  }

  @Test
  void what_cannot_be_read_is_left_to_others() throws InterruptedException {
    fixture.redis.command("HSET", "rq:job:odd", "data", "no pickle", "status", "queued");
    fixture.redis.command("SET", "rq:job:text", "no hash");
    fixture.redis.command("RPUSH", "rq:queue:default", "odd", "text", "nothing");
    fixture.note("a");
    burst("default");
    assertThat(fixture.ran).containsExactly("a");
    assertThat(queued("default")).isEqualTo("[odd, text, nothing]");
  }

  @Test
  void jobs_of_the_json_serializer_are_told_apart() throws InterruptedException {
    try (RqClient json =
        RqClient.builder(fixture.redis.uri().toString())
            .serializer(JsonSerializer.defaults())
            .build()) {
      json.queue("default").enqueue(Call.of("python.only"));
      json.queue("default").enqueue(Call.of("note").args("a"));
      try (RqWorker worker = worker().serializer(JsonSerializer.defaults()).burst(true).build()) {
        worker.runUntilShutdown();
      }
    }
    assertThat(fixture.ran).containsExactly("a");
    assertThat(fixture.number("LLEN", "rq:queue:default")).isEqualTo(1);
  }

  @Test
  void an_earlier_queue_comes_first_also_behind_jobs_of_others() throws InterruptedException {
    foreign("low", "f1");
    fixture.enqueue("low", Call.of("note").args("l"), EnqueueOptions.builder().jobId("l"));
    foreign("high", "f2");
    fixture.enqueue("high", Call.of("note").args("h1"), EnqueueOptions.builder().jobId("h1"));
    fixture.enqueue("high", Call.of("note").args("h2"), EnqueueOptions.builder().jobId("h2"));
    burst("high", "low");
    assertThat(fixture.ran).containsExactly("h1", "h2", "l");
    assertThat(queued("low") + queued("high")).isEqualTo("[f1][f2]");
  }

  @Test
  void a_job_behind_ten_thousand_others_is_found_and_those_are_read_once()
      throws InterruptedException {
    foreign("default", "f");
    fixture.redis.command(
        "EVAL",
        "local hash = redis.call('HGETALL', 'rq:job:f')"
            + " for i = 1, 9999 do redis.call('HSET', 'rq:job:f' .. i, unpack(hash))"
            + " redis.call('RPUSH', 'rq:queue:default', 'f' .. i) end",
        "0");
    try (RqWorker worker = worker().build()) {
      worker.start();
      long before = System.nanoTime();
      fixture.awaitStatus(fixture.note("a"), JobStatus.FINISHED);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
      long reads = calls("hget");
      fixture.awaitStatus(fixture.note("b"), JobStatus.FINISHED);
      assertThat(calls("hget") - reads).isLessThan(1_000);
    }
    assertThat(fixture.ran).containsExactly("a", "b");
    assertThat(fixture.number("LLEN", "rq:queue:default")).isEqualTo(10_000);
  }

  @Test
  void an_idle_worker_beside_jobs_of_others_asks_seldom() throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      foreign("default", "f" + i);
    }
    try (RqWorker worker = worker().concurrency(2).build()) {
      worker.start();
      // What it costs is what the test is about, so that it has to wait for a time.
      Thread.sleep(2_000);
      long before = calls("");
      Thread.sleep(MEASURED.toMillis());
      // Once a second three commands, and one look that comes anyway.
      assertThat(calls("") - before).isBetween(6L, 40L);
    }
  }

  @Test
  void a_job_that_arrives_among_those_of_others_is_found_within_seconds() {
    foreign("default", "f");
    try (RqWorker worker = worker().build()) {
      worker.start();
      WorkerFixture.await().until(() -> "idle".equals(fixture.hget("rq:worker:w", "state")));
      for (String id : List.of("a", "b", "c")) {
        Job job = fixture.note(id);
        long before = System.nanoTime();
        fixture.awaitStatus(job, JobStatus.FINISHED);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      }
    }
    assertThat(queued("default")).isEqualTo("[f]");
  }

  @Test
  void a_job_that_arrives_in_an_empty_queue_is_found() {
    try (RqWorker worker = worker().build()) {
      worker.start();
      fixture.awaitStatus(fixture.note("a"), JobStatus.FINISHED);
      foreign("default", "f");
      fixture.awaitStatus(fixture.note("b"), JobStatus.FINISHED);
      fixture.redis.command("DEL", "rq:queue:default");
      fixture.awaitStatus(fixture.note("c"), JobStatus.FINISHED);
    }
    assertThat(fixture.ran).containsExactly("a", "b", "c");
  }

  @Test
  void an_id_that_comes_back_with_another_function_is_not_taken_for_what_it_was()
      throws InterruptedException {
    fixture.enqueue("default", Call.of("hold"), EnqueueOptions.builder().jobId("h"));
    fixture.note("a");
    try (RqWorker worker = worker().build()) {
      worker.start();
      fixture.awaitEntered();
      // "a" was seen to be ours while the slot was busy with "h".
      fixture.redis.command("DEL", "rq:queue:default", "rq:job:a");
      foreign("default", "a");
      fixture.release.countDown();
      fixture.awaitStatus(fixture.note("b"), JobStatus.FINISHED);
    }
    assertThat(fixture.ran).containsExactly("b");
    assertThat(queued("default")).isEqualTo("[a]");
  }

  @Test
  void two_workers_on_one_queue_run_each_job_once() throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      fixture.note("n" + i);
      foreign("default", "f" + i);
    }
    try (RqWorker first = worker().concurrency(3).build();
        RqWorker second = worker().name("v").concurrency(3).build()) {
      first.start();
      second.start();
      WorkerFixture.await().until(() -> fixture.ran.size() >= 300);
    }
    assertThat(fixture.ran).doesNotHaveDuplicates().hasSize(300);
    assertThat(fixture.number("LLEN", "rq:queue:default")).isEqualTo(300);
  }

  @Test
  void it_cannot_be_combined_with_handing_jobs_over() {
    RqWorkerBuilder builder = worker().unknownTo("python");
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("choose one");
  }

  /** How often the server has carried out a command, or all of them. */
  private long calls(String command) {
    Matcher matcher = CALLS.matcher(String.valueOf(fixture.redis.command("INFO", "commandstats")));
    long sum = 0;
    while (matcher.find()) {
      boolean counts =
          command.isEmpty() ? !matcher.group(1).equals("info") : matcher.group(1).equals(command);
      sum += counts ? Long.parseLong(matcher.group(2)) : 0;
    }
    return sum;
  }
}
