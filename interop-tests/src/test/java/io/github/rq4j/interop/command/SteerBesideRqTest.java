package io.github.rq4j.interop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.interop.keyspace.Keyspace;
import io.github.rq4j.local.CommandResult;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code requeue}, {@code empty}, {@code suspend} and {@code resume} do and say what RQ's do. */
@WithPythonRq
class SteerBesideRqTest {
  private TestRedis redis;

  @BeforeEach
  void remember(TestRedis testRedis) {
    redis = testRedis;
  }

  /** Two jobs wait, three have failed. */
  private void populate(PythonRq python) {
    redis.flush();
    for (String id : new String[] {"f1", "f2", "f3"}) {
      python.enqueueTo("high", "rq4j_fixtures.tasks.boom", "", "job_id='" + id + "'");
    }
    python.workBurst("high");
    python.enqueueTo("high", "rq4j_fixtures.tasks.add", "1", "job_id='w1'");
    python.enqueueTo("low", "rq4j_fixtures.tasks.add", "1", "job_id='w2'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requeue --queue high f2",
        "requeue --queue high f1 f3",
        "requeue --queue high --all",
        "requeue --queue high",
        "requeue --queue nosuch --all",
        "empty",
        "empty high",
        "empty high low nosuch",
        "suspend",
        "suspend --duration 60",
        "suspend --duration 0",
        "resume",
      })
  void the_same_is_done_and_said(String line, PythonRq python) {
    String[] words = line.split(" ", -1);
    populate(python);
    CommandResult theirs = python.rq(words);
    Keyspace left = Keyspace.of(redis);
    populate(python);
    CommandResult ours = new Rq4j(redis).run(words);

    if (ours.stderr().isEmpty()) {
      assertThat(ours.stdout()).isEqualTo(theirs.stdout());
    } else {
      assertThat(ours.stderr()).endsWith(theirs.stdout());
    }
    assertThat(ours.exitCode()).isEqualTo(theirs.exitCode());
    assertThat(left.differences(Keyspace.of(redis)))
        .as(
            "beside empty moments, and the expiry, which the client takes off a job that waits again")
        .allMatch(
            difference ->
                difference.isLeftOutMoment() || difference.place().matches("rq:job:f\\d expiry"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"requeue", "suspend --duration x", "empty --no-such-option"})
  void what_rq_refuses_is_refused_with_its_exit_code(String line, PythonRq python) {
    String[] words = line.split(" ", -1);

    CommandResult ours = new Rq4j(redis).run(words);

    assertThat(ours.exitCode()).isEqualTo(python.rq(words).exitCode()).isEqualTo(2);
    assertThat(ours.stderr().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch", "w1"})
  void a_job_that_has_not_failed_is_told_and_does_not_keep_the_others(String id, PythonRq python) {
    populate(python);

    CommandResult ours = new Rq4j(redis).run("requeue", "--queue", "high", id, "f1");

    assertThat(ours.exitCode()).isEqualTo(1);
    assertThat(ours.stdout())
        .isEqualTo(
            """
            Requeueing 2 jobs from failed queue

            Unable to requeue 1 jobs from failed job registry
            """);
    assertThat(python.job("f1").status()).isEqualTo("queued");
  }
}
