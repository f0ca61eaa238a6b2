package io.github.rq4j.interop.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import io.github.rq4j.worker.cron.CronJob;
import io.github.rq4j.worker.cron.CronScheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What django-rq shows of a Java worker and a Java cron scheduler. */
@ToolTest
@Tag("tools")
@WithRedis(emptied = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DjangoRqTest {
  private static final long PID = ProcessHandle.current().pid();

  private CronScheduler cron;
  private Shop shop;
  private ToolProcess site;
  private Chromium browser;

  @BeforeAll
  void open(TestRedis redis, @TempDir Path directory) throws InterruptedException {
    browser = Chromium.find(directory);
    redis.flush();
    shop = Shop.open(redis);
    cron =
        CronScheduler.builder(redis.uri().toString())
            .name("java-cron")
            .register(
                CronJob.builder("shop.total").every(Duration.ofHours(1)).queue("nightly").build())
            .build();
    cron.start();
    site = DjangoSite.serve(redis, directory);
  }

  @AfterAll
  void close() {
    if (site != null) {
      site.close();
    }
    if (cron != null) {
      cron.close();
    }
    if (shop != null) {
      shop.close();
    }
  }

  private RenderedPage page(String path) throws IOException, InterruptedException {
    return new RenderedPage(site.get(DjangoSite.ADMIN + path));
  }

  @Test
  void statistics_count_jobs_and_workers_and_name_the_process_that_schedules()
      throws InterruptedException {
    RenderedPage page = browser.open(site.page(DjangoSite.ADMIN));

    // Queued, started, deferred, finished, failed, scheduled; workers; the scheduler's process.
    assertThat(page.rows())
        .contains("default 1 1 1 1 1 1 1 " + PID, "json 0 0 0 0 0 0 0 -")
        .contains("mail 1 0 0 0 0 0 1 " + PID);
    assertThat(page.rows()).last().asString().startsWith("java-cron ");
    Screenshots.take(browser, site.page(DjangoSite.ADMIN), 500, "django-rq-statistics");
  }

  @Test
  void statistics_are_the_same_as_json() throws IOException, InterruptedException {
    assertThat(site.get(DjangoSite.ADMIN + "stats.json"))
        .contains("\"scheduler_pid\": " + PID + ", \"workers\": 1, \"finished_jobs\": 1,")
        .contains("\"started_jobs\": 1, \"deferred_jobs\": 1, \"failed_jobs\": 1,");
  }

  @Test
  void metrics_are_labelled_with_the_workers_name_state_and_queues()
      throws IOException, InterruptedException {
    assertThat(site.get(DjangoSite.ADMIN + "metrics").lines())
        .contains(
            "rq_workers{name=\"java-shop\",queues=\"default,mail\",state=\"busy\"} 1.0",
            "rq_job_successful_total{name=\"java-shop\",queues=\"default,mail\"} 1.0",
            "rq_job_failed_total{name=\"java-shop\",queues=\"default,mail\"} 1.0",
            "rq_jobs{queue=\"default\",status=\"queued\"} 1.0",
            "rq_jobs{queue=\"default\",status=\"started\"} 1.0",
            "rq_jobs{queue=\"default\",status=\"finished\"} 1.0",
            "rq_jobs{queue=\"default\",status=\"failed\"} 1.0",
            "rq_jobs{queue=\"default\",status=\"deferred\"} 1.0",
            "rq_jobs{queue=\"default\",status=\"scheduled\"} 1.0",
            "rq_jobs{queue=\"mail\",status=\"queued\"} 1.0")
        .anyMatch(
            line -> line.matches("rq_working_seconds_total\\{name=\"java-shop\".*} 0\\.\\d+"));
  }

  @ParameterizedTest
  @CsvSource({
    "queues/0/,          total-5,  queued shop.total",
    "queues/0/finished/, total-1,  finished shop.total",
    "queues/0/failed/,   charge-1, failed shop.charge",
    "queues/0/scheduled/,total-3,  scheduled shop.total",
    "queues/0/deferred/, total-2,  deferred shop.total",
    "queues/2/,          remember-1, queued shop.remember",
  })
  void each_registry_lists_its_job(String path, String id, String statusAndCallable)
      throws IOException, InterruptedException {
    assertThat(page(path).rows())
        .last()
        .asString()
        .startsWith(id + " ")
        .endsWith(" " + statusAndCallable);
  }

  @Test
  void the_execution_of_the_running_job_is_listed_with_its_heartbeat()
      throws IOException, InterruptedException {
    String execution = shop.started.executions().get(0).id();
    String time = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d";

    assertThat(page("queues/0/started/").rows())
        .last()
        .asString()
        .matches(execution + (" " + time).repeat(3) + " shop\\.export");
  }

  @Test
  void the_page_of_a_failed_job_shows_the_java_exception_and_its_cause()
      throws InterruptedException {
    RenderedPage page = browser.open(site.page(DjangoSite.ADMIN + "queues/0/charge-1/"));

    assertThat(page.text())
        .contains("Callable shop.charge args Jörg kwargs")
        .contains("in io.github.rq4j.interop.tools.ShopTasks.charge")
        .contains("java.lang.IllegalArgumentException: expired")
        .contains("java.lang.IllegalStateException: the card of Jörg was declined");
    assertThat(page.rows()).last().asString().contains(" FAILED ");
  }

  @Test
  void the_page_of_a_finished_job_shows_its_result() throws IOException, InterruptedException {
    RenderedPage page = page("queues/0/total-1/");

    assertThat(page.text()).contains("args 100 19 kwargs").contains("Result {'total': 119}");
    assertThat(page.rows()).last().asString().contains(" SUCCESSFUL ");
  }

  @Test
  void the_page_of_a_result_names_the_worker() throws IOException, InterruptedException {
    String result = shop.finished.latestResult().orElseThrow().id();

    assertThat(page("queues/0/total-1/results/" + result + "/").text())
        .contains("Worker: java-shop")
        .contains("Return Value: {'total': 119}");
  }

  @Test
  void dependencies_are_linked_both_ways() throws IOException, InterruptedException {
    assertThat(page("queues/0/total-2/").text()).contains("Depends on Job ID Callable export-1");
    assertThat(page("queues/0/export-1/").text()).contains("Dependents Job ID Callable total-2");
  }

  @Test
  void the_worker_is_listed_with_its_state_and_its_process()
      throws IOException, InterruptedException {
    assertThat(page("workers/0/").rows())
        .last()
        .asString()
        .matches("java-shop busy \\S+ \\S+ " + PID);
  }

  @Test
  void the_page_of_the_worker_shows_its_current_job_and_its_counters()
      throws IOException, InterruptedException {
    assertThat(page("workers/0/rq:worker:java-shop/").text())
        .contains("Queues: default, mail")
        .contains("Current Job: shop.export ( export-1 )")
        .contains("Successful job count: 1")
        .contains("Failed job count: 1");
  }

  @Test
  void the_page_of_a_cron_scheduler_lists_its_jobs() throws IOException, InterruptedException {
    RenderedPage page = page("cron-schedulers/0/java-cron/");

    assertThat(page.text()).contains("PID " + PID);
    assertThat(page.rows())
        .last()
        .asString()
        .startsWith("shop.total shop.total nightly Every 3600 seconds");
  }
}
