package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Retry;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Jobs that run again though they did not fail: what a Java worker leaves is compared with what
 * RQ's own worker leaves of the same job.
 */
@WithPythonRq
class RunAgainTest {
  private static final List<String> COMPARED =
      List.of(
          "status",
          "repeats_left",
          "repeat_intervals",
          "number_of_retries",
          "retries_left",
          "enqueue_at_front_on_retry",
          "rate_limit_key");

  private final AtomicInteger calls = new AtomicInteger();

  private Handlers handlers() {
    return Handlers.builder()
        .register(
            "rq4j_fixtures.tasks.ask_again",
            Parameter.of("most", Integer.class),
            Parameter.of("interval", Integer.class).orElse(0),
            (most, interval) -> Retry.times(most).after(Duration.ofSeconds(interval)))
        .register(
            "rq4j_fixtures.tasks.add",
            Parameter.of("x", Long.class),
            Parameter.of("y", Long.class).orElse(0L),
            Long::sum)
        .register("java.ask_once", () -> calls.incrementAndGet() == 1 ? Retry.times(3) : "done")
        .build();
  }

  private void burst(TestRedis redis) throws InterruptedException {
    try (RqWorker worker =
        RqWorker.builder(redis.uri().toString(), handlers()).name("java").burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  private static List<?> list(TestRedis redis, String... command) {
    String[] arguments = java.util.Arrays.copyOfRange(command, 1, command.length);
    return (List<?>) Objects.requireNonNull(redis.command(command[0], arguments));
  }

  /** What of a job is the same whoever ran it, as far as running again is concerned. */
  private static Map<String, @Nullable Object> state(TestRedis redis, PythonRq python, String id) {
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    for (String field : COMPARED) {
      state.put(field, redis.command("HGET", "rq:job:" + id, field));
    }
    Map<String, Boolean> registries = new TreeMap<>();
    python.registries("default").forEach((name, ids) -> registries.put(name, ids.contains(id)));
    state.put("registries", registries);
    StringBuilder results = new StringBuilder();
    for (Object entry : list(redis, "XRANGE", "rq:results:" + id, "-", "+")) {
      List<?> fields = (List<?>) ((List<?>) entry).get(1);
      Map<String, @Nullable Object> shown = new TreeMap<>();
      for (int i = 0; i < fields.size(); i += 2) {
        boolean valued = List.of("type", "return_value").contains(fields.get(i));
        shown.put((String) fields.get(i), valued ? fields.get(i + 1) : "");
      }
      results.append(shown);
      results.append('\n');
    }
    state.put("results", results.toString());
    state.put("expires", Long.valueOf(-1).equals(redis.command("TTL", "rq:job:" + id)));
    return state;
  }

  private void assertSameAsPython(
      PythonRq python, TestRedis redis, String function, String arguments, String options)
      throws InterruptedException {
    String ofPython = python.enqueue(function, arguments, options);
    python.workBurst();
    String ofJava = python.enqueue(function, arguments, options);
    burst(redis);
    assertThat(state(redis, python, ofJava)).isEqualTo(state(redis, python, ofPython));
  }

  // Releases before 2.1 do not know the type of the result entry, whoever wrote it.
  @Test
  void a_returned_retry_runs_the_job_again_until_it_returns_something_else(
      PythonRq python, TestRedis redis) throws InterruptedException {
    String id = python.enqueue("java.ask_once", "");
    burst(redis);
    assertThat(python.job(id).status()).isEqualTo("finished");
    assertThat(python.resultDifference(id, "'done'")).isEmpty();
  }

  @Test
  void a_retry_that_is_returned_too_often_leaves_what_rq_leaves(PythonRq python, TestRedis redis)
      throws InterruptedException {
    assertSameAsPython(python, redis, "rq4j_fixtures.tasks.ask_again", "2", "");
  }

  @Test
  void a_returned_retry_with_an_interval_leaves_what_rq_leaves(PythonRq python, TestRedis redis)
      throws InterruptedException {
    assertSameAsPython(python, redis, "rq4j_fixtures.tasks.ask_again", "2, 600", "");
  }

  @Test
  void python_reads_a_returned_retry_as_its_own(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("rq4j_fixtures.tasks.ask_again", "2");
    burst(redis);
    var result = python.job(id).latestResult().orElseThrow();
    assertThat(result.type()).isEqualTo("MAX_RETRIES_EXCEEDED");
    assertThat(result.returnValue())
        .hasToString("Retry(max=2, interval=0, enqueue_at_front=False)");
  }

  @Test
  void a_repeat_at_once_leaves_what_rq_leaves(PythonRq python, TestRedis redis)
      throws InterruptedException {
    assertSameAsPython(python, redis, "rq4j_fixtures.tasks.add", "1, 2", "repeat=Repeat(times=2)");
  }

  @Test
  void a_repeat_with_intervals_leaves_what_rq_leaves(PythonRq python, TestRedis redis)
      throws InterruptedException {
    assertSameAsPython(
        python,
        redis,
        "rq4j_fixtures.tasks.add",
        "1, 2",
        "repeat=Repeat(times=3, interval=[600, 700, 800])");
  }

  @Test
  void jobs_under_a_rate_limit_all_come_to_their_turn(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String limit = "rate_limit=import_module('rq.rate_limit').RateLimit('api', 1)";
    List<String> ids =
        java.util.stream.IntStream.range(0, 3)
            .mapToObj(i -> python.enqueue("rq4j_fixtures.tasks.add", i + "", limit))
            .toList();
    assertThat(python.registries("default").get("queued")).containsExactly(ids.get(0));
    burst(redis);
    for (String id : ids) {
      assertThat(python.job(id).status()).isEqualTo("finished");
    }
    assertThat(list(redis, "ZRANGE", "rq:rl:api:allowed", "0", "-1")).isEmpty();
  }

  @Test
  void java_and_python_workers_pass_places_to_each_other(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String limit = "rate_limit=import_module('rq.rate_limit').RateLimit('shared', 1)";
    String first = python.enqueueTo("j", "rq4j_fixtures.tasks.add", "1", limit);
    String second = python.enqueueTo("p", "rq4j_fixtures.tasks.add", "2", limit);
    String third = python.enqueueTo("j", "rq4j_fixtures.tasks.add", "3", limit);
    for (String queue : List.of("j", "p", "j")) {
      if (queue.equals("p")) {
        python.workBurst("p");
      } else {
        try (RqWorker worker =
            RqWorker.builder(redis.uri().toString(), handlers()).queues("j").burst(true).build()) {
          worker.runUntilShutdown();
        }
      }
    }
    for (String id : List.of(first, second, third)) {
      assertThat(python.job(id).status()).isEqualTo("finished");
    }
  }
}
