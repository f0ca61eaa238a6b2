package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.JobContext;
import io.github.rq4j.worker.JobFunction;
import io.github.rq4j.worker.RqWorker;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The running job in Java, and what Python sees of it and writes to it meanwhile. */
@WithPythonRq
class JobContextTest {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  private RqWorker worker(TestRedis redis, JobFunction function) {
    Handlers handlers = Handlers.builder().register("java.look", function).build();
    return RqWorker.builder(redis.uri().toString(), handlers).name("java").build();
  }

  private void pause() throws InterruptedException {
    reached.countDown();
    assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private static String metaOf(PythonRq python, String id) {
    return python.eval("job('" + id + "').get_meta()").repr();
  }

  @EveryRqRelease
  void meta_that_java_saves_is_seen_by_python_while_the_job_runs_and_afterwards(
      PythonRq python, TestRedis redis) throws InterruptedException {
    JobFunction function =
        arguments -> {
          PythonDict meta = JobContext.current().meta();
          meta.put("progress", 50);
          JobContext.current().saveMeta(meta);
          pause();
          return null;
        };
    try (RqWorker worker = worker(redis, function)) {
      worker.start();
      String id = python.enqueue("java.look", "", "meta={'who': ('ada', 1)}");
      assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(metaOf(python, id)).isEqualTo("{'who': ('ada', 1), 'progress': 50}");
      release.countDown();
      Waiting.until(() -> "finished".equals(python.job(id).status()));
      assertThat(metaOf(python, id)).isEqualTo("{'who': ('ada', 1), 'progress': 50}");
    }
  }

  @EveryRqRelease
  void meta_that_python_saves_while_the_job_runs_is_seen_by_java_and_stays(
      PythonRq python, TestRedis redis) throws Exception {
    CompletableFuture<Map<?, ?>> seen = new CompletableFuture<>();
    JobFunction function =
        arguments -> {
          pause();
          seen.complete(JobContext.current().refreshMeta());
          return null;
        };
    try (RqWorker worker = worker(redis, function)) {
      worker.start();
      String id = python.enqueue("java.look", "");
      assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
      python.eval("(lambda j: (j.meta.update(cancel=True), j.save_meta()))(job('" + id + "'))");
      release.countDown();
      Waiting.until(() -> "finished".equals(python.job(id).status()));
      assertThat(seen.get().get("cancel")).isEqualTo(true);
      assertThat(metaOf(python, id)).isEqualTo("{'cancel': True}");
    }
  }

  @EveryRqRelease
  void what_python_enqueued_is_what_the_context_tells(PythonRq python, TestRedis redis)
      throws Exception {
    CompletableFuture<JobContext> seen = new CompletableFuture<>();
    JobFunction function =
        arguments -> {
          seen.complete(JobContext.current());
          return null;
        };
    try (RqWorker worker = worker(redis, function)) {
      String parent = python.enqueue("java.look", "");
      String id =
          python.enqueue(
              "java.look",
              "",
              "depends_on='"
                  + parent
                  + "', job_timeout=70, description='a look', retry=Retry(max=3)");
      redis.command("LREM", "rq:queue:default", "0", parent);
      redis.command("ZREM", "rq:deferred:default", id);
      redis.command("RPUSH", "rq:queue:default", id);
      worker.start();
      JobContext context = seen.get(30, TimeUnit.SECONDS);
      assertThat(context.jobId()).isEqualTo(id);
      assertThat(context.dependencyIds()).containsExactly(parent);
      assertThat(context.timeout().orElseThrow().toSeconds()).isEqualTo(70);
      assertThat(context.description()).hasValue("a look");
      assertThat(context.retriesLeft()).isEqualTo(3);
      assertThat(context.functionName()).isEqualTo("java.look");
    }
  }
}
