package io.github.rq4j.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.rq4j.local.CommandResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@WithPythonRq
class PythonRqTest {

  @EveryRqRelease
  void the_release_asked_for_is_the_one_that_answers(PythonRq python) {
    assertThat(python.eval("rq.VERSION").repr()).isEqualTo("'" + python.release().version() + "'");
  }

  @EveryRqRelease
  void a_job_runs_in_pythons_own_process_and_its_result_is_read(PythonRq python) {
    String id = python.enqueue("rq4j_fixtures.tasks.add", "40, y=2", "job_timeout=7");
    assertThat(python.job(id).status()).isEqualTo("queued");
    assertThat(python.workBurst()).isTrue();
    PythonJob job = python.job(id);
    assertThat(job.status()).isEqualTo("finished");
    assertThat(job.returnValue()).isEqualTo(new PythonValue("42", "int"));
    assertThat(job.attribute("timeout")).isEqualTo("7");
    assertThat(job.time("ended_at"))
        .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
    assertThat(job.latestResult())
        .hasValueSatisfying(result -> assertThat(result.type()).isEqualTo("SUCCESSFUL"));
  }

  @EveryRqRelease
  void a_failed_job_shows_its_traceback_until_it_is_requeued(PythonRq python) {
    String id = python.enqueue("rq4j_fixtures.tasks.boom", "'no luck'");
    python.workBurst();
    assertThat(python.job(id).latestResult())
        .hasValueSatisfying(
            result -> assertThat(result.excString()).endsWith("ValueError: no luck\n"));
    assertThat(python.registries("default")).containsEntry("failed", List.of(id));
    python.requeue(id);
    assertThat(python.registries("default"))
        .containsEntry("failed", List.of())
        .containsEntry("queued", List.of(id));
  }

  @EveryRqRelease
  void a_worker_process_of_rqs_own_runs_jobs_to_the_end(PythonRq python) {
    String id = python.enqueue("rq4j_fixtures.tasks.shout", "'hello'");
    CommandResult worker = python.rq("worker", "--burst", "default");
    assertThat(worker.exitCode()).as(worker.toString()).isZero();
    assertThat(python.job(id).returnValue().repr()).isEqualTo("'HELLO'");
  }

  @EveryRqRelease
  void rq_info_sees_the_queues_of_this_database(PythonRq python) {
    python.enqueueTo("urgent", "rq4j_fixtures.tasks.nothing", "", "");
    assertThat(python.rq("info", "--raw").stdout()).contains("queue urgent 1");
  }

  @EveryRqRelease
  void json_jobs_can_be_written_and_read(PythonRq python) {
    String id = python.enqueueAsJson("default", "rq4j_fixtures.tasks.add", "1, y=2", "");
    assertThat(python.jobAsJson(id).status()).isEqualTo("queued");
  }

  @Test
  void a_difference_of_types_deep_inside_is_found(PythonRq python) {
    String id = python.enqueue("rq4j_fixtures.tasks.echo", "{'a': [1, (2,)]}");
    python.workBurst();
    assertThat(python.resultDifference(id, "{'a': [1, (2,)]}")).isEmpty();
    assertThat(python.resultDifference(id, "{'a': [True, (2,)]}"))
        .hasValue("value.items()[0][1][0]: expected bool True, not int 1");
  }

  @Test
  void equal_values_that_only_look_alike_are_told_apart(PythonRq python) {
    for (String pair :
        List.of(
            "0.0 | -0.0",
            "Decimal('1.0') | Decimal('1.00')",
            "{1} | frozenset([1])",
            "{'a': 1, 'b': 2} | {'b': 2, 'a': 1}",
            "b'a' | bytearray(b'a')",
            "datetime(2024, 1, 1, tzinfo=timezone.utc)"
                + " | datetime(2024, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))",
            "ValueError(1) | ValueError(2)")) {
      String[] sides = pair.split(" \\| ", -1);
      String id = python.enqueue("rq4j_fixtures.tasks.echo", sides[0]);
      assertThat(python.difference(id, "args", "(" + sides[0] + ",)")).as(pair).isEmpty();
      assertThat(python.difference(id, "args", "(" + sides[1] + ",)")).as(pair).isPresent();
    }
  }

  @Test
  void cyclic_values_are_compared_to_the_end(PythonRq python) {
    String id = python.enqueue("rq4j_fixtures.tasks.shared_and_cyclic", "");
    python.workBurst();
    assertThat(python.resultDifference(id, "tasks.shared_and_cyclic()")).isEmpty();
  }

  @Test
  void what_jobs_print_does_not_disturb_the_answers(PythonRq python) {
    python.enqueue("rq4j_fixtures.tasks.shout", "'{\"result\": 1}'");
    assertThat(python.workBurst()).isTrue();
    assertThat(python.eval("1 + 1").repr()).isEqualTo("2");
  }

  @Test
  void an_exception_in_python_is_told_with_its_traceback(PythonRq python) {
    assertThatExceptionOfType(PythonErrorException.class)
        .isThrownBy(() -> python.job("no-such-job"))
        .satisfies(
            failure -> {
              assertThat(failure.error()).startsWith("NoSuchJobError: No such job");
              assertThat(failure.trace()).contains("Traceback");
            });
  }

  @Test
  void jobs_can_be_scheduled_cancelled_and_deleted(PythonRq python) {
    String id = python.enqueue("rq4j_fixtures.tasks.nothing", "", "enqueue_in=timedelta(hours=1)");
    assertThat(python.registries("default")).containsEntry("scheduled", List.of(id));
    python.cancel(id);
    assertThat(python.registries("default")).containsEntry("canceled", List.of(id));
    python.delete(id);
    assertThat(python.exists(id)).isFalse();
  }

  @Test
  void a_process_that_dies_is_reported_with_its_last_words(TestRedis redis) {
    try (PythonRq python = PythonRq.start(RqMatrix.ofThisProject().newest(), redis.uri())) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  python.eval(
                      "(import_module('sys').stderr.write('the last words'),"
                          + " import_module('os')._exit(3))"))
          .withMessageContaining("ended during eval")
          .withMessageContaining("the last words");
    }
  }

  @Test
  void a_release_named_on_the_parameter_is_the_one_given(@RqVersion("1.16.2") PythonRq python) {
    assertThat(python.release().version()).isEqualTo("1.16.2");
  }

  @EveryRqRelease
  @LeavesUnreadable("to see it told")
  void what_rq_cannot_read_or_does_not_know_is_told(PythonRq python, TestRedis redis) {
    redis.command("HSET", "rq:job:bad", "data", "x", "created_at", "yesterday");
    redis.command("SET", "rq:nonsense", "1");
    redis.command("SET", "rq:queues", "1");
    try {
      assertThat(python.unreadable())
          .satisfiesExactly(
              job -> assertThat(job).startsWith("rq:job:bad: ValueError: "),
              key -> assertThat(key).isEqualTo("rq:nonsense: ValueError: RQ has no such key"),
              type -> assertThat(type).isEqualTo("rq:queues: TypeError: is a string, not a set"));
    } finally {
      redis.flush();
    }
  }
}
