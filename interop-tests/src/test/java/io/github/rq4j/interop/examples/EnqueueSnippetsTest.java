package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueReport;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page about enqueuing shows, read by RQ. */
@WithPythonRq
class EnqueueSnippetsTest {
  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis redis) {
    client = RqClient.connect(redis.uri().toString());
  }

  @Test
  void options_are_what_rq_reads(PythonRq python) {
    EnqueueSnippets.withOptions(client);
    assertThat(
            python
                .eval(
                    "(lambda j: (j.timeout, j.result_ttl, j.retries_left, j.retry_intervals,"
                        + " j._failure_callback_name, j.webhooks[0].method, j.meta))"
                        + "(job('invoice-4711'))")
                .repr())
        .isEqualTo(
            "(600, 3600, 3, [10, 60], 'tasks.report_failure', 'POST', {'requested_by': 'ada'})");
  }

  @Test
  void a_job_waits_for_its_two_parents(PythonRq python) {
    Job last = EnqueueSnippets.dependencies(client);
    assertThat(last.status()).isEqualTo(JobStatus.DEFERRED);
    assertThat(python.job(last.id()).dependencyIds()).hasSize(2);
  }

  @Test
  void jobs_wait_for_their_time(PythonRq python) {
    Job soon = EnqueueSnippets.later(client);
    assertThat(python.registries("default").get("scheduled")).hasSize(2).contains(soon.id());
  }

  @Test
  void a_limit_and_a_queue_of_its_own_settings_are_what_rq_reads(PythonRq python) {
    Job limited = EnqueueSnippets.limited(client);
    Job report = EnqueueSnippets.configured(client).enqueue(Call.of("tasks.total").args(1, 2));
    assertThat(limited.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(python.jobAsJson(report.id()).attribute("timeout")).isEqualTo("3600");
  }

  @Test
  void many_jobs_are_all_stored() {
    EnqueueReport report = EnqueueSnippets.many(client, List.of("ada", "bob"));
    assertThat(report.isComplete()).isTrue();
  }

  @Test
  void a_job_that_is_enqueued_safely_is_there_once() {
    assertThat(EnqueueSnippets.safely(client).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(client.queue("default").jobIds()).containsExactly("invoice-4712");
  }
}
