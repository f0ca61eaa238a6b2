package io.github.rq4j.interop.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.interop.PythonValues;
import io.github.rq4j.testservers.PythonJob;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** Python RQ enqueues, one Java worker runs, Python RQ reads. */
abstract class PythonToJavaScenarios extends InCell {
  private final MatrixTasks tasks = new MatrixTasks();
  private RqWorker worker;

  @BeforeParameterizedClassInvocation
  void start() {
    worker =
        worker(PickleSerializer.defaults())
            .queues("j", nonAsciiQueue())
            .name("matrix")
            .withScheduler(true)
            .build();
    worker.start();
  }

  @Override
  Direction direction() {
    return Direction.PYTHON_TO_JAVA;
  }

  @AfterParameterizedClassInvocation
  void stop() {
    worker.close();
  }

  private RqWorkerBuilder worker(Serializer serializer) {
    return RqWorker.builder(redis.uri().toString(), tasks.handlers())
        .serializer(serializer)
        .dialect(cell.dialect());
  }

  /** Workers of RQ on Python 2 cannot serve, nor read of, a queue with another name. */
  private String nonAsciiQueue() {
    return cell.rq().hasPython("3") ? "\u5217" : "ascii";
  }

  private void burst(Serializer serializer, String queue) throws InterruptedException {
    try (RqWorker burst = worker(serializer).queues(queue).burst(true).build()) {
      burst.runUntilShutdown();
    }
  }

  private String enqueue(String function, String arguments) {
    return enqueue(function, arguments, "");
  }

  private String enqueue(String function, String arguments, String options) {
    return python.enqueueTo("j", function, arguments, options);
  }

  private void assertResult(String id, String expected) {
    database.awaitStatus(id, "finished");
    assertThat(python.resultDifference(id, expected)).isEmpty();
  }

  @Test
  @Covers(Scenario.SUCCESS)
  void a_result_arrives() {
    String id = enqueue("java.add", "2, y=3");
    assertResult(id, "5");
    PythonJob job = python.job(id);
    assertThat(job.status()).isEqualTo("finished");
    assertThat(job.time("ended_at")).isNotNull();
  }

  @Test
  @Covers(Scenario.TYPES)
  void values_of_every_type_come_back_as_they_went() {
    List<String> values = PythonValues.expressions(cell.rq().hasPython("3"));
    List<String> ids = values.stream().map(value -> enqueue("java.echo", value)).toList();
    for (int i = 0; i < values.size(); i++) {
      database.awaitStatus(ids.get(i), "finished");
      assertThat(python.resultDifference(ids.get(i), values.get(i))).as(values.get(i)).isEmpty();
    }
  }

  @Test
  @Covers(Scenario.NOTHING)
  void nothing_is_none() {
    String id = enqueue("java.nothing", "");
    database.awaitStatus(id, "finished");
    assertThat(python.job(id).returnValue().isNone()).isTrue();
  }

  @Test
  @Covers(Scenario.FAILURE)
  void a_failure_is_told_and_filed_where_this_release_looks() {
    String id = enqueue("java.boom", "'kaput \\xe9'");
    database.awaitStatus(id, "failed");
    assertThat(python.job(id).status()).isEqualTo("failed");
    assertThat(python.job(id).excInfo())
        .startsWith("Traceback (most recent call last):\n")
        .contains("java.lang.IllegalStateException: kaput \u00e9");
    assertThat(python.registries("j").get("failed")).contains(id);
  }

  @Test
  @Covers(Scenario.TIMEOUT)
  void a_timeout_fails_the_job() {
    String id = enqueue("java.hold", "", "job_timeout=1");
    database.awaitStatus(id, "failed");
    assertThat(python.job(id).excInfo()).contains("exceeded maximum timeout value (1 seconds)");
  }

  @Test
  @Covers(Scenario.META)
  void meta_is_read_and_written_by_both() {
    String id = enqueue("java.meta", "'java', [5]", "meta={'python': 'p\\xe9'}");
    assertResult(id, "'p\\xe9'");
    assertThat(python.difference(id, "meta", "{'python': 'p\\xe9', 'java': [5]}")).isEmpty();
  }

  @Test
  @Covers(Scenario.RETRY)
  void a_retry_runs_the_job_again() {
    String id = enqueue("java.second_time_lucky", "", "retry=Retry(max=1)");
    assertResult(id, "'the second time'");
  }

  @Test
  @Covers(Scenario.SCHEDULED)
  void a_scheduled_job_runs_when_it_is_time() {
    String id = enqueue("java.add", "1", "enqueue_in=timedelta(seconds=1)");
    assertThat(python.job(id).status()).isEqualTo("scheduled");
    assertResult(id, "1");
  }

  @Test
  @Covers(Scenario.DEPENDENCIES)
  void jobs_of_both_languages_wait_for_each_other() {
    String first = python.enqueueTo("p", "rq4j_fixtures.tasks.add", "1", "");
    String second = enqueue("java.add", "2", "depends_on='" + first + "'");
    String third =
        python.enqueueTo("p", "rq4j_fixtures.tasks.add", "3", "depends_on='" + second + "'");
    python.workBurst("p");
    assertResult(second, "2");
    python.workBurst("p");
    assertResult(third, "3");
  }

  @Test
  @Covers(Scenario.RESULT_TTL)
  void result_ttls_are_kept_to() {
    String none = enqueue("java.add", "1", "result_ttl=0");
    String forever = enqueue("java.add", "1", "result_ttl=-1");
    String minute = enqueue("java.add", "1", "result_ttl=60");
    database.await(() -> !python.exists(none));
    assertResult(forever, "1");
    assertResult(minute, "1");
    assertThat(python.job(forever).secondsToLive()).isEqualTo(-1L);
    assertThat(python.job(minute).secondsToLive()).isBetween(30L, 60L);
  }

  @Test
  @Covers(Scenario.CANCEL)
  void a_canceled_job_does_not_run() throws InterruptedException {
    String canceled = python.enqueueTo("later", "java.add", "1", "");
    String other = python.enqueueTo("later", "java.add", "2", "");
    python.cancel(canceled);
    burst(PickleSerializer.defaults(), "later");
    assertResult(other, "2");
    if (cell.isSince("1.10")) {
      assertThat(python.job(canceled).status()).isEqualTo("canceled");
    } else if (cell.isSince("0.6")) {
      assertThat(python.job(canceled).status()).isEqualTo("queued");
    } else {
      assertThat(python.exists(canceled)).isFalse();
    }
  }

  @Test
  @Covers(Scenario.REQUEUE)
  void a_job_that_failed_in_java_is_requeued_by_python() {
    String id = enqueue("java.second_time_lucky", "");
    database.awaitStatus(id, "failed");
    python.requeue(id);
    assertResult(id, "'the second time'");
  }

  @Test
  @Covers(Scenario.ABANDONED)
  void an_abandoned_job_is_filed_where_this_release_looks() throws InterruptedException {
    String id = python.enqueueTo("lost", "java.hold", "", "");
    try (RqWorker doomed = worker(PickleSerializer.defaults()).queues("lost").build()) {
      doomed.start();
      database.awaitStatus(id, "started");
      doomed.shutdownNow();
    }
    assertThat(python.job(id).status()).isEqualTo("started");
    database.expireRuns("lost");
    burst(PickleSerializer.defaults(), "lost");
    assertThat(python.job(id).status()).isEqualTo("failed");
    assertThat(python.job(id).excInfo()).contains("due to AbandonedJobError");
    assertThat(python.registries("lost").get("failed")).contains(id);
  }

  @Test
  @Covers(Scenario.STOP)
  void python_stops_a_job_of_java() {
    String id = enqueue("java.hold", "");
    database.awaitStatus(id, "started");
    python.eval("import_module('rq.command').send_stop_job_command(connection, '" + id + "')");
    database.awaitStatus(id, "stopped");
    assertThat(python.job(id).status()).isEqualTo("stopped");
  }

  @Test
  @Covers(Scenario.JSON)
  void a_json_job_is_answered_in_json() throws InterruptedException {
    String id = python.enqueueAsJson("json", "java.add", "2, y=3", "");
    burst(JsonSerializer.defaults(), "json");
    assertThat(python.jobAsJson(id).status()).isEqualTo("finished");
    assertThat(python.jobAsJson(id).returnValue().repr()).isEqualTo("5");
    python.eval("connection.delete('rq:job:" + id + "', 'rq:results:" + id + "')");
  }

  @Test
  @Covers(Scenario.CALLBACKS)
  void callbacks_are_called_in_java() {
    String form = cell.isSince("1.14") ? "Callback(tasks.%s)" : "tasks.%s";
    String options =
        "on_success="
            + String.format(form, "note_success")
            + ", on_failure="
            + String.format(form, "note_failure");
    String returned = enqueue("java.add", "1, 2", options);
    String raised = enqueue("java.boom", "'kaput'", options);
    database.awaitStatus(returned, "finished");
    database.awaitStatus(raised, "failed");
    assertThat(tasks.calledBack).contains(returned + " 3", raised + " kaput");
  }

  @Test
  @Covers(Scenario.GROUP)
  void a_group_is_run() {
    python.eval(
        "Group.create(connection=connection, name='both').enqueue_many(queue('j'),"
            + " [Queue.prepare_data('java.add', (1,)), Queue.prepare_data('java.add', (2,))])");
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      List<String> ids = client.group("both").jobIds();
      assertThat(ids).hasSize(2);
      ids.forEach(id -> database.awaitStatus(id, "finished"));
    }
    assertThat(
            python
                .eval(
                    "sorted(job.return_value() for job in"
                        + " Group.fetch('both', connection=connection).get_jobs())")
                .repr())
        .isEqualTo("[1, 2]");
  }

  @Test
  @Covers(Scenario.DECORATOR)
  void a_decorated_function_is_run_by_its_name() {
    assertResult(python.delay("j", "21"), "42");
  }

  @Test
  @Covers(Scenario.SYNCHRONOUS)
  void java_reads_what_python_ran_at_once() {
    String id =
        python
            .eval("str(queue('s', is_async=False).enqueue('rq4j_fixtures.tasks.add', 20, 22).id)")
            .repr()
            .replace("'", "");
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      assertThat(client.job(id).result(Duration.ofSeconds(1))).isEqualTo(42L);
    }
  }

  @Test
  @Covers(Scenario.NON_ASCII)
  void text_outside_ascii_arrives_everywhere() {
    String id =
        python.enqueueTo(
            nonAsciiQueue(),
            // RQ before 0.8 on Python 2 cannot name a function so.
            cell.stopsAtNonAsciiResults() ? "java.hello" : "java.\u4f60\u597d",
            "'\\xe9', name='\\U0001f600'",
            "description='\\xfc', meta={'\\xe9': '\\u4f60'}");
    assertResult(id, "'\\xe9\\U0001f600'");
    assertThat(python.job(id).attribute("description")).isEqualTo("\u00fc");
    assertThat(python.difference(id, "meta", "{'\\xe9': '\\u4f60'}")).isEmpty();
  }

  @Test
  @Covers(Scenario.LARGE)
  void twenty_megabytes_come_back() {
    String large = "noise(20000000)";
    // Before RQ 1.4 the description would hold all of it.
    assertResult(enqueue("java.echo", large, "result_ttl=60, description='large'"), large);
  }

  @Test
  @Covers(Scenario.MIXTURE)
  void a_thousand_jobs_end_as_they_must() {
    List<String> ids = new ArrayList<>(python.enqueueMixture("j", 1_000, "java."));
    database.await(() -> database.isIdle("j"));
    assertThat(python.mistakesInMixture(ids)).isEmpty();
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @Covers(Scenario.READABLE)
  void this_release_reads_all_that_is_there() {
    assertThat(python.unreadable()).isEmpty();
  }
}
