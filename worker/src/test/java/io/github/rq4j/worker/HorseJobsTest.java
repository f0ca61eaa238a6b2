package io.github.rq4j.worker;

import static io.github.rq4j.worker.HorseFixture.pid;
import static io.github.rq4j.worker.HorseFixture.shortly;
import static io.github.rq4j.worker.HorseFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Dialect;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.WithRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Jobs in horses: their results, failures, context and output. */
@Isolated("starts processes, which hold up what runs beside them")
@WithRedis
@ExtendWith(WorkerExtension.class)
class HorseJobsTest {
  private final HorseFixture fixture;

  HorseJobsTest(HorseFixture fixture) {
    this.fixture = fixture;
  }

  @Test
  void jobs_run_in_turn_in_one_process_that_is_not_the_workers() throws InterruptedException {
    Job first = fixture.enqueue("a", Call.of("pid"));
    Job second = fixture.enqueue("b", Call.of("pid"));
    fixture.burst();
    assertThat(pid(first)).isNotEqualTo(ProcessHandle.current().pid()).isEqualTo(pid(second));
    assertThat(ProcessHandle.of(pid(first)).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void what_a_function_throws_is_stored_as_in_the_workers_own_process()
      throws InterruptedException {
    Job job = fixture.enqueue("a", Call.of("boom"));
    fixture.burst();
    assertThat(text(job))
        .startsWith("Traceback (most recent call last):\n")
        .contains("HorseTasks.boom\n")
        .endsWith("java.lang.IllegalStateException: kaput\n");
  }

  @Test
  void a_function_can_ask_to_be_run_again() throws InterruptedException {
    Job job = fixture.enqueue("a", Call.of("again"));
    fixture.burst();
    assertThat(fixture.worker.hget("rq:job:a", "number_of_retries")).isEqualTo("2");
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void the_job_context_works() throws InterruptedException {
    Job job = fixture.enqueue(Call.of("context"), shortly("a"));
    fixture.burst();
    assertThat((Object) job.resultAs(List.class, Duration.ofSeconds(1)))
        .isEqualTo(List.of("a", "w", "default", 0L, 1L, true));
  }

  @Test
  void meta_is_saved_from_within() throws InterruptedException {
    Job job =
        fixture.enqueue(
            Call.of("meta"), EnqueueOptions.builder().jobId("a").meta(Map.of("who", "ada")));
    fixture.burst();
    assertThat((Object) job.resultAs(List.class, Duration.ofSeconds(1)))
        .isEqualTo(List.of(true, true));
    assertThat(job.meta()).containsEntry("who", "ada").containsKey("pid");
  }

  @Test
  void what_functions_print_goes_where_it_was_told_to() throws Exception {
    Job job = fixture.enqueue("a", Call.of("print"));
    fixture.burst();
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(Files.readString(fixture.file("out"))).contains("printed by a function");
    assertThat(Files.readString(fixture.file("err"))).contains("complained by a function");
  }

  private void enqueueBefore10(String id, Call call) {
    try (RqClient old =
        RqClient.builder(fixture.redis.uri().toString()).dialect(Dialect.BEFORE_1_0).build()) {
      old.queue("default").enqueue(call, EnqueueOptions.builder().jobId(id).build());
    }
  }

  @Test
  void what_a_job_of_rq_before_1_0_returns_in_a_horse_is_stored_in_its_form()
      throws InterruptedException {
    enqueueBefore10("old", Call.of("print"));
    fixture.enqueue("new", Call.of("print"));
    fixture.burst();
    assertThat(fixture.redis.bytes("HGET", "rq:job:old", "result")).startsWith(0x80, 2);
    assertThat(fixture.worker.hget("rq:job:old", "ended_at"))
        .hasSize("2026-11-22T03:01:29Z".length());
    assertThat(fixture.worker.hget("rq:job:new", "ended_at"))
        .hasSize("2026-11-22T03:01:29.139374Z".length());
  }

  @Test
  void a_job_of_rq_before_1_0_that_fails_in_a_horse_fails_in_its_form()
      throws InterruptedException {
    enqueueBefore10("old", Call.of("boom"));
    fixture.burst();
    assertThat(fixture.redis.bytes("HGET", "rq:job:old", "exc_info"))
        .asString(StandardCharsets.UTF_8)
        .startsWith("Traceback")
        .endsWith("kaput\n");
    assertThat(fixture.worker.list("LRANGE", "rq:queue:failed", "0", "-1").toString())
        .isEqualTo("[old]");
    assertThat(fixture.worker.number("EXISTS", "rq:failed:default")).isZero();
  }
}
