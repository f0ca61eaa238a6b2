package io.github.rq4j.interop.enqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.RqWorker;
import java.util.List;

/**
 * Jobs of both languages that wait for each other, with maintenance of each release beside them.
 */
@WithPythonRq
class DeferredJobsTest {
  private static final String ADD = "rq4j_fixtures.tasks.add";
  private static final String CLEAN =
      "[import_module('rq.registry').clean_registries(queue(name)) for name in ('java', 'default')]";

  @EveryRqRelease
  void a_chain_through_both_languages_survives_maintenance(PythonRq python, TestRedis redis)
      throws InterruptedException {
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      List<Job> chain =
          List.of(
              client.job(python.enqueueTo("java", ADD, "1, 2", "job_id='a'")),
              client.queue("default").enqueue(add(), after("b", "a")),
              client.job(python.enqueueTo("java", ADD, "1, 2", "job_id='c', depends_on='b'")),
              client.queue("default").enqueue(add(), after("d", "c")));
      assertThatDeferredAfterMaintenance(python, chain.subList(1, 4));
      workInJava(redis);
      assertThatDeferredAfterMaintenance(python, chain.subList(2, 4));
      assertThat(python.workBurst("default")).isTrue();
      assertThatDeferredAfterMaintenance(python, chain.subList(3, 4));
      workInJava(redis);
      assertThat(python.workBurst("default")).isTrue();
      assertThat(chain).extracting(Job::status).containsOnly(JobStatus.FINISHED);
    }
  }

  private static void assertThatDeferredAfterMaintenance(PythonRq python, List<Job> jobs) {
    python.eval(CLEAN);
    assertThat(jobs).extracting(Job::status).containsOnly(JobStatus.DEFERRED);
  }

  private static Call add() {
    return Call.of(ADD).args(1, 2);
  }

  private static EnqueueOptions after(String id, String parent) {
    return EnqueueOptions.builder().jobId(id).dependsOn(parent).build();
  }

  private static void workInJava(TestRedis redis) throws InterruptedException {
    Handlers handlers =
        Handlers.builder()
            .register(ADD, Parameter.of("x", Long.class), Parameter.of("y", Long.class), Long::sum)
            .build();
    try (RqWorker worker =
        RqWorker.builder(redis.uri().toString(), handlers).queues("java").burst(true).build()) {
      worker.runUntilShutdown();
    }
  }
}
