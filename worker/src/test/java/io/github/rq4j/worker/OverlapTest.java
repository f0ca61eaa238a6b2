package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.Fault;
import io.github.rq4j.testservers.Incident;
import io.github.rq4j.testservers.RedisProxy;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A worker sends what is to be stored and claimed next before it has heard of what it sent last.
 */
@WithRedis
class OverlapTest {
  private WorkerFixture fixture;
  private RedisProxy proxy;

  @BeforeEach
  void connect(TestRedis redis) throws IOException {
    fixture = new WorkerFixture(redis);
    proxy = RedisProxy.to(redis.uri());
  }

  @AfterEach
  void disconnect() throws IOException {
    fixture.close();
    proxy.close();
  }

  private RqWorkerBuilder worker() {
    // A reply that is held back is not to be given up while a test waits.
    String url = proxy.uri() + "?socket_timeout=60";
    return RqWorker.builder(url, fixture.handlers).name("w").concurrency(2);
  }

  private Incident onEndOf(String id, Fault fault) {
    return proxy.once(
        request -> request.command().equals("EVALSHA") && request.mentions("rq:job:" + id), fault);
  }

  @Test
  void an_outcome_is_stored_while_the_reply_to_another_is_awaited() throws InterruptedException {
    Incident first = onEndOf("a", Fault.HOLD_REPLY);
    Job held = fixture.enqueue("held", Call.of("hold"));
    fixture.note("a");
    try (RqWorker worker = worker().build()) {
      worker.start();
      first.await();
      fixture.release.countDown();

      fixture.awaitStatus(held, JobStatus.FINISHED);
      first.release();
      fixture.awaitStatus(fixture.note("b"), JobStatus.FINISHED);
    }
    assertThat(fixture.ran).containsExactly("a", "b");
  }

  @Test
  void what_two_lost_replies_told_of_is_neither_lost_nor_repeated() throws InterruptedException {
    Incident first = onEndOf("a", Fault.HOLD_REPLY);
    Job held = fixture.enqueue("held", Call.of("hold"));
    fixture.note("a");
    List<Job> later = List.of(fixture.note("b"), fixture.note("c"));
    try (RqWorker worker = worker().build()) {
      worker.start();
      first.await();
      fixture.release.countDown();
      fixture.awaitStatus(held, JobStatus.FINISHED);
      WorkerFixture.await().until(() -> later.stream().noneMatch(this::isQueued));
      first.cut();
      later.forEach(job -> fixture.awaitStatus(job, JobStatus.FINISHED));
    }
    assertEachStoredOnce();
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void two_turns_of_which_the_second_was_cut_off_are_made_up_for(Fault fault)
      throws InterruptedException {
    Incident first = onEndOf("a", Fault.HOLD_REPLY);
    Incident second = onEndOf("held", fault);
    Job held = fixture.enqueue("held", Call.of("hold"));
    fixture.note("a");
    List<Job> later = List.of(fixture.note("b"), fixture.note("c"));
    try (RqWorker worker = worker().build()) {
      worker.start();
      first.await();
      fixture.release.countDown();
      second.await();
      first.cut();
      fixture.awaitStatus(held, JobStatus.FINISHED);
      later.forEach(job -> fixture.awaitStatus(job, JobStatus.FINISHED));
    }
    assertEachStoredOnce();
  }

  @Test
  void claims_under_way_count_as_jobs_where_their_number_is_limited() throws InterruptedException {
    Incident first = onEndOf("a", Fault.HOLD_REPLY);
    Job held = fixture.enqueue("held", Call.of("hold"));
    fixture.note("a");
    fixture.note("b");
    fixture.note("c");
    try (RqWorker worker = worker().maxJobs(3).build()) {
      worker.start();
      first.await();
      fixture.release.countDown();
      fixture.awaitStatus(held, JobStatus.FINISHED);
      first.release();
      assertThat(worker.awaitEnd(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(fixture.ran).containsExactly("a", "b");
    assertThat(fixture.list("LRANGE", "rq:queue:default", "0", "-1")).hasToString("[c]");
  }

  private boolean isQueued(Job job) {
    return job.status() == JobStatus.QUEUED;
  }

  private void assertEachStoredOnce() {
    assertThat(fixture.ran).containsExactlyInAnyOrder("a", "b", "c");
    for (String id : List.of("a", "b", "c", "held")) {
      assertThat(fixture.number("XLEN", "rq:results:" + id)).as(id).isEqualTo(1L);
    }
    assertThat(fixture.number("EXISTS", "rq:wip:default")).isZero();
    assertThat(fixture.number("ZCARD", "rq:finished:default")).isEqualTo(4L);
  }
}
