package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.binding.TypeReference;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.JobContext;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.RqWorker;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the page about the inside of a job shows, at work. */
@WithPythonRq
class JobContextSnippetsTest {

  private static void burst(TestRedis redis, Handlers handlers) throws InterruptedException {
    try (RqWorker worker = RqWorker.builder(redis.uri().toString(), handlers).burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  @Test
  void progress_is_in_the_meta(TestRedis redis, PythonRq python) throws InterruptedException {
    String id = python.enqueue("files.copy", "['a', 'b', 'c']");
    burst(
        redis,
        Handlers.builder()
            .register(
                "files.copy",
                Parameter.of("files", new TypeReference<List<String>>() {}),
                JobContextSnippets::copy)
            .build());
    assertThat(python.resultDifference(id, "3")).isEmpty();
    assertThat(python.difference(id, "meta", "{'progress': 100}")).isEmpty();
  }

  @Test
  void parts_in_other_threads_have_a_current_job(TestRedis redis, PythonRq python)
      throws InterruptedException {
    String id = python.enqueue("parts.run", "");
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    Runnable part = () -> seen.add(JobContext.current().jobId());
    ExecutorService pool = Executors.newFixedThreadPool(2);
    burst(
        redis,
        Handlers.builder()
            .register(
                "parts.run",
                arguments -> {
                  JobContextSnippets.inParallel(pool, List.of(part, part));
                  return null;
                })
            .build());
    pool.shutdown();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).containsExactly(id, id);
  }
}
