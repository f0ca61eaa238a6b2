package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Java and Python schedule each other's jobs, beside each other. */
@WithPythonRq
class SchedulersSideBySideTest {
  private static final int JOBS = 3000;
  private static final String LOCK = "rq:scheduler-lock:default";

  private static RqWorker scheduling(TestRedis redis, String name) {
    return JavaWorker.on(redis, new JavaTasks()).name(name).withScheduler(true).build();
  }

  /** A Python scheduler without a worker around it. */
  private static Process pythonScheduler(PythonRq python, TestRedis redis) throws IOException {
    String program =
        "import redis; from rq.scheduler import RQScheduler;"
            + " scheduler = RQScheduler(['default'], connection=redis.Redis.from_url('"
            + redis.uri()
            + "')); scheduler.acquire_locks(); scheduler.work()";
    return python
        .environment()
        .command("python", "-c", program)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void schedule(PythonRq python, int first, int seconds) {
    python.eval(
        "[queue().enqueue_in(timedelta(seconds="
            + seconds
            + "), 'java.add', i, job_id='job%d' % i) for i in range("
            + first
            + ", "
            + (first + JOBS / 2)
            + ")] and None");
  }

  private static void assertThatEachIsQueuedOnce(TestRedis redis) {
    List<?> queued =
        (List<?>) Objects.requireNonNull(redis.command("LRANGE", "rq:queue:default", "0", "-1"));
    Set<Object> distinct = new HashSet<>(queued);
    assertThat(queued).hasSize(JOBS);
    assertThat(distinct).hasSize(JOBS);
  }

  private static boolean nothingIsScheduled(TestRedis redis) {
    return Long.valueOf(0).equals(redis.command("EXISTS", "rq:scheduled:default"));
  }

  @EveryRqRelease
  void jobs_that_python_scheduled_are_run_when_their_time_has_come(
      PythonRq python, TestRedis redis) {
    String soon = python.enqueue("java.add", "1, y=2", "enqueue_in=timedelta(seconds=1)");
    String past = python.enqueue("java.add", "2, y=3", "enqueue_at=datetime(2024, 2, 29, 12, 30)");
    String never = python.enqueue("java.add", "3", "enqueue_in=timedelta(days=1)");
    try (RqWorker worker = scheduling(redis, "java")) {
      worker.start();
      Waiting.until(() -> "finished".equals(python.job(soon).status()));
      Waiting.until(() -> "finished".equals(python.job(past).status()));
    }
    assertThat(python.resultDifference(soon, "3")).isEmpty();
    assertThat(python.registries("default").get("scheduled")).containsExactly(never);
  }

  @EveryRqRelease
  void a_retry_that_java_scheduled_is_run_by_a_python_scheduler(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String function = "rq4j_fixtures.tasks.add";
    String id = python.enqueue(function, "1, y=2", "retry=Retry(max=1, interval=1)");
    Handlers failing = Handlers.builder().register(function, arguments -> List.of().get(0)).build();
    try (RqWorker worker = RqWorker.builder(redis.uri().toString(), failing).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(python.job(id).status()).isEqualTo("scheduled");
    Waiting.until(
        () -> {
          python.rq("worker", "--burst", "--with-scheduler");
          return "finished".equals(python.job(id).status());
        });
    assertThat(python.resultDifference(id, "3")).isEmpty();
  }

  @EveryRqRelease
  void a_retry_that_python_scheduled_is_run_by_java(PythonRq python, TestRedis redis) {
    String id = python.enqueue("java.add", "1, y=2", "retry=Retry(max=1, interval=1)");
    python.workBurst();
    assertThat(python.job(id).status()).isEqualTo("scheduled");
    try (RqWorker worker = scheduling(redis, "java")) {
      worker.start();
      Waiting.until(() -> "finished".equals(python.job(id).status()));
    }
    assertThat(python.resultDifference(id, "3")).isEmpty();
  }

  @EveryRqRelease
  void python_reads_who_holds_the_lock(PythonRq python, TestRedis redis) {
    try (RqWorker worker = scheduling(redis, "java")) {
      worker.start();
      Waiting.until(() -> redis.command("GET", LOCK) != null);
      // Some tools take the value for a process id, whatever the release.
      assertThat(python.eval("int(connection.get('" + LOCK + "'))").type()).isEqualTo("int");
      String pid = Long.toString(ProcessHandle.current().pid());
      String scheduler = "queue().scheduler_pid";
      Waiting.until(() -> python.eval(scheduler).repr().startsWith(pid));
      if (python.release().version().startsWith("3.")) {
        assertThat(python.eval(scheduler).repr()).isEqualTo(pid);
        String name = String.valueOf(redis.command("GET", LOCK));
        assertThat(
                python
                    .eval(
                        "import_module('rq.scheduler').RQScheduler.fetch('"
                            + name
                            + "', connection).pid")
                    .repr())
            .isEqualTo(pid);
      }
    }
    assertThat(python.eval("queue().scheduler_pid").isNone()).isTrue();
  }

  @EveryRqRelease
  void of_schedulers_of_both_sides_one_enqueues_and_another_takes_over_when_it_is_killed(
      PythonRq python, TestRedis redis) throws Exception {
    Process killed = pythonScheduler(python, redis);
    try (RqWorker first = scheduling(redis, "first");
        RqWorker second = scheduling(redis, "second")) {
      Waiting.until(() -> redis.command("GET", LOCK) != null);
      String holder = String.valueOf(redis.command("GET", LOCK));
      // Nobody takes the jobs away that are to be counted.
      redis.command("SET", "rq:suspended", "1");
      first.start();
      second.start();
      schedule(python, 0, 1);
      Waiting.until(() -> nothingIsScheduled(redis));
      assertThat(redis.command("GET", LOCK)).isEqualTo(holder);
      killed.destroyForcibly().waitFor();
      schedule(python, JOBS / 2, 1);
      // The lock of a killed holder expires by itself within 61 seconds.
      redis.command("EXPIRE", LOCK, "1");
      Waiting.until(() -> nothingIsScheduled(redis));
      assertThat(redis.command("GET", LOCK)).isNotNull().isNotEqualTo(holder);
      assertThatEachIsQueuedOnce(redis);
    } finally {
      killed.destroyForcibly();
    }
  }

  @EveryRqRelease
  void a_python_scheduler_leaves_the_queue_to_a_java_scheduler(PythonRq python, TestRedis redis)
      throws Exception {
    redis.command("SET", "rq:suspended", "1");
    try (RqWorker worker = scheduling(redis, "java")) {
      worker.start();
      Waiting.until(() -> redis.command("GET", LOCK) != null);
      String holder = String.valueOf(redis.command("GET", LOCK));
      Process scheduler = pythonScheduler(python, redis);
      try {
        schedule(python, 0, 0);
        schedule(python, JOBS / 2, 1);
        Waiting.until(() -> nothingIsScheduled(redis));
        assertThat(redis.command("GET", LOCK)).isEqualTo(holder);
        assertThatEachIsQueuedOnce(redis);
      } finally {
        scheduler.destroyForcibly();
      }
    }
  }

  @EveryRqRelease
  void a_burst_worker_of_java_enqueues_what_is_due_and_runs_it(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.add", "1", "enqueue_at=datetime(2024, 2, 29, 12, 30)");
    try (RqWorker worker =
        JavaWorker.on(redis, new JavaTasks()).withScheduler(true).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(python.job(id).status()).isEqualTo("finished");
    assertThat(redis.command("EXISTS", LOCK)).isEqualTo(0L);
  }
}
