package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.testservers.Fault;
import io.github.rq4j.testservers.Incident;
import io.github.rq4j.testservers.RedisProxy;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A connection that breaks in the middle of a claim or of a finish loses nothing, repeats nothing.
 */
@WithRedis
@ExtendWith(WorkerExtension.class)
class LostConnectionTest {
  private static final int MANY = 400;
  private static final int MOST_HITS = 6;

  private final WorkerFixture fixture;
  @AutoClose private final RedisProxy proxy;

  LostConnectionTest(WorkerFixture fixture) throws IOException {
    this.fixture = fixture;
    this.proxy = RedisProxy.to(fixture.redis.uri());
  }

  private RqWorkerBuilder worker() {
    return RqWorker.builder(proxy.uri().toString(), fixture.handlers).name("w");
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void a_job_whose_claim_was_cut_off_runs_once(Fault fault) throws InterruptedException {
    Incident cut = proxy.once(request -> request.mentions("claim-marker"), fault);
    Job job = fixture.note("a");
    try (RqWorker worker = worker().executionIds(new Numbered("claim-marker")::next).build()) {
      worker.start();
      cut.await();
      fixture.awaitStatus(job, JobStatus.FINISHED);
    }
    assertThat(fixture.ran).containsExactly("a");
    assertThat(fixture.number("XLEN", "rq:results:a")).isEqualTo(1L);
    assertThat(fixture.number("EXISTS", "rq:wip:default")).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void a_job_whose_claim_was_cut_off_runs_once_though_another_slot_claims_next(Fault fault)
      throws InterruptedException {
    Incident cut = proxy.once(request -> request.mentions("claim-marker"), fault);
    Job job = fixture.note("a");
    try (RqWorker worker =
        worker()
            .concurrency(2)
            .dequeueStrategy(DequeueStrategy.ROUND_ROBIN)
            .executionIds(new Numbered("claim-marker")::next)
            .build()) {
      worker.start();
      cut.await();
      fixture.awaitStatus(job, JobStatus.FINISHED);
    }
    assertThat(fixture.ran).containsExactly("a");
  }

  @Test
  void a_job_that_a_lost_claim_took_is_queued_again_where_the_worker_ends()
      throws InterruptedException {
    Incident cut = proxy.once(request -> request.mentions("claim-marker"), Fault.CUT_AFTER);
    Job job = fixture.note("a");
    fixture.note("b");
    try (RqWorker worker =
        worker().executionIds(new Numbered("claim-marker")::next).burst(true).build()) {
      worker.start();
      cut.await();
      proxy.refuse();
      assertThat(job.status()).isEqualTo(JobStatus.STARTED);
      worker.shutdown();
      // The worker learns of the shutdown before it can ask Redis.
      assertThat(worker.awaitEnd(Duration.ofSeconds(1))).isFalse();
      proxy.accept();
    }
    assertThat(fixture.ran).isEmpty();
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(fixture.list("LRANGE", "rq:queue:default", "0", "-1")).hasToString("[a, b]");
    assertThat(fixture.number("EXISTS", "rq:wip:default", "rq:executions:a")).isZero();
    assertThat(fixture.hget("rq:job:a", "started_at")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void a_job_in_a_shared_queue_whose_claim_was_cut_off_runs_once(Fault fault)
      throws InterruptedException {
    Incident cut = proxy.once(request -> request.mentions("claim-marker"), fault);
    fixture.enqueue("f", Call.of("python.only"));
    Job job = fixture.note("a");
    try (RqWorker worker =
        worker().onlyRegistered(true).executionIds(new Numbered("claim-marker")::next).build()) {
      worker.start();
      cut.await();
      fixture.awaitStatus(job, JobStatus.FINISHED);
    }
    assertThat(fixture.ran).containsExactly("a");
    assertThat(fixture.number("XLEN", "rq:results:a")).isEqualTo(1L);
    assertThat(fixture.list("LRANGE", "rq:queue:default", "0", "-1").toString()).isEqualTo("[f]");
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void a_job_whose_move_to_another_queue_was_cut_off_is_there_once(Fault fault)
      throws InterruptedException {
    Incident cut = proxy.once(request -> request.mentions("rq:queue:python"), fault);
    fixture.enqueue("u", Call.of("python.only"));
    Job job = fixture.note("a");
    try (RqWorker worker = worker().unknownTo("python").build()) {
      worker.start();
      cut.await();
      fixture.awaitStatus(job, JobStatus.FINISHED);
    }
    assertThat(fixture.list("LRANGE", "rq:queue:python", "0", "-1").toString()).isEqualTo("[u]");
    assertThat(fixture.number("LLEN", "rq:queue:default")).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void an_outcome_whose_storing_was_cut_off_is_stored_once(Fault fault)
      throws InterruptedException {
    Job job = fixture.enqueue("h", Call.of("hold"));
    Job next = fixture.note("n");
    try (RqWorker worker = worker().build()) {
      worker.start();
      fixture.awaitEntered();
      // The request that stores the outcome is the next one to name the job.
      Incident cut = proxy.once(request -> request.mentions("rq:job:h"), fault);
      fixture.release.countDown();
      cut.await();
      fixture.awaitStatus(next, JobStatus.FINISHED);
    }
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(fixture.number("XLEN", "rq:results:h")).isEqualTo(1L);
    assertThat(fixture.hget("rq:worker:w", "successful_job_count")).isEqualTo("2");
    assertThat(fixture.ran).containsExactly("n");
    assertThat(fixture.number("EXISTS", "rq:wip:default")).isZero();
  }

  @Test
  void nothing_is_lost_or_repeated_where_cuts_hit_turns_of_many_slots()
      throws InterruptedException {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      jobs.add(fixture.note("n" + i));
    }
    AtomicInteger calls = new AtomicInteger();
    proxy.each(
        request -> {
          boolean isHit = request.command().equals("EVALSHA") && calls.incrementAndGet() % 40 == 0;
          if (!isHit || calls.get() > MOST_HITS * 40) {
            return Fault.NONE;
          }
          return calls.get() % 80 == 0 ? Fault.CUT_BEFORE : Fault.CUT_AFTER;
        });
    try (RqWorker worker = worker().concurrency(8).build()) {
      worker.start();
      WorkerFixture.await()
          .until(() -> fixture.number("ZCARD", "rq:finished:default") == (long) MANY);
    }
    assertThat(calls).hasValueGreaterThan(MOST_HITS * 40);
    assertThat(fixture.ran).hasSize(MANY).doesNotHaveDuplicates();
    assertThat(jobs)
        .allSatisfy(
            job -> assertThat(fixture.number("XLEN", "rq:results:" + job.id())).isEqualTo(1L));
    assertThat(fixture.number("EXISTS", "rq:wip:default", "rq:queue:default")).isZero();
  }

  @Test
  void close_ends_in_time_though_an_outcome_cannot_be_stored() throws Exception {
    try (LocalRedis server = LocalRedis.start();
        WorkerFixture own = new WorkerFixture(fixture.redis);
        io.github.rq4j.client.RqClient client =
            io.github.rq4j.client.RqClient.connect(server.uri().toString())) {
      RqWorker worker = RqWorker.builder(server.uri().toString(), own.handlers).name("w").build();
      worker.start();
      client.queue("default").enqueue(Call.of("hold"));
      own.awaitEntered();
      server.kill();
      own.release.countDown();
      long before = System.nanoTime();
      worker.close(Duration.ofSeconds(2));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void a_worker_outlives_a_restart_of_redis() throws Exception {
    try (LocalRedis server = LocalRedis.start();
        WorkerFixture own = new WorkerFixture(fixture.redis);
        RqWorker worker =
            RqWorker.builder(server.uri().toString(), own.handlers).name("w").build();
        io.github.rq4j.client.RqClient client =
            io.github.rq4j.client.RqClient.connect(server.uri().toString())) {
      worker.start();
      Job before = client.queue("default").enqueue(Call.of("note").args("before"));
      fixture.awaitStatus(before, JobStatus.FINISHED);
      server.restart();
      WorkerFixture.await()
          .ignoreExceptions()
          .until(
              () -> {
                Job after = client.queue("default").enqueue(Call.of("note").args("after"));
                fixture.awaitStatus(after, JobStatus.FINISHED);
                return true;
              });
      assertThat(own.ran).contains("before", "after");
    }
  }

  /** Ids that can be told apart and found in a request. */
  private static final class Numbered {
    private final String prefix;
    private int count;

    Numbered(String prefix) {
      this.prefix = prefix;
    }

    synchronized String next() {
      count++;
      return prefix + count;
    }
  }
}
