package io.github.rq4j.interop.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.local.CommandResult;
import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.testservers.RqTools;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs of Flask-RQ2, run by a Java worker, and jobs of a Java client for its functions. */
@ToolTest
@Tag("tools")
class FlaskRq2Test {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static PythonEnvironment flask(TestRedis redis) {
    return RqTools.ofThisProject()
        .named("flask-rq2")
        .prepare()
        .withVariable("RQ_REDIS_URL", redis.uri().toString())
        .withVariable("FLASK_APP", "rq4j_tools.flask_shop");
  }

  private static String run(PythonEnvironment flask, String program, String... arguments) {
    CommandResult result = flask.run(LIMIT, program, arguments);
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    return result.stdout().strip();
  }

  @Test
  void a_job_that_flask_enqueues_runs_in_java_with_its_timeout_and_result_ttl(TestRedis redis)
      throws InterruptedException {
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      Job job = client.job(run(flask(redis), "flask", "send-now", "Zoë"));
      Shop.burst(redis, new ShopTasks());

      assertThat(job.result(Duration.ZERO)).isEqualTo("java sends 2 to Zoë");
      assertThat(job.snapshot().timeout()).isEqualTo(Duration.ofMinutes(1));
      assertThat(job.timeToLive().orElseThrow())
          .isBetween(Duration.ofSeconds(560), Duration.ofSeconds(600));
    }
  }

  @Test
  void a_job_that_flask_schedules_runs_in_java(TestRedis redis) throws InterruptedException {
    PythonEnvironment flask = flask(redis);
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      Job job = client.job(run(flask, "flask", "send-in", "0", "Zoë"));
      run(flask, "flask", "rq", "scheduler", "--burst");
      Shop.burst(redis, new ShopTasks());

      assertThat(job.result(Duration.ZERO)).isEqualTo("java sends 1 to Zoë");
    }
  }

  @Test
  void flask_lists_the_java_worker(TestRedis redis) {
    try (RqWorker worker =
        Shop.worker(redis, new ShopTasks()).queues("mail").name("java-flask").build()) {
      worker.start();

      assertThat(run(flask(redis), "flask", "rq", "info"))
          .contains("1 workers, 1 queues")
          .containsPattern("java-flask \\(.*idle mail");
    }
  }

  @Test
  void a_job_of_a_java_client_runs_inside_the_flask_application(TestRedis redis) {
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      Job job = client.queue("mail").enqueue(Call.of("rq4j_tools.flask_shop.send").args("Zoë", 3));
      run(flask(redis), "flask", "work");

      assertThat(job.result(Duration.ZERO)).asString().isEqualTo("['flask_shop', 'Zoë', 3]");
    }
  }

  @Test
  void flasks_own_worker_command_does_not_start_with_this_rq(TestRedis redis) {
    CommandResult result = flask(redis).run(LIMIT, "flask", "rq", "worker", "--burst", "mail");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).contains("'rq.cli.cli' has no attribute 'worker'");
  }
}
