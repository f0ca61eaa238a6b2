package io.github.rq4j.interop.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rq-dashboard shows of a Java worker, in a browser. */
@ToolTest
@Tag("tools")
@WithRedis(emptied = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RqDashboardTest {
  private Shop shop;
  private ToolProcess dashboard;
  private Chromium browser;

  @BeforeAll
  void open(TestRedis redis, @TempDir Path directory) throws InterruptedException {
    browser = Chromium.find(directory);
    redis.flush();
    shop = Shop.open(redis);
    dashboard = RqDashboard.serve(redis);
  }

  @AfterAll
  void close() {
    if (dashboard != null) {
      dashboard.close();
    }
    if (shop != null) {
      shop.close();
    }
  }

  private RenderedPage page(String path) throws InterruptedException {
    return browser.open(dashboard.page(path));
  }

  @Test
  void queues_are_listed_with_the_jobs_in_each_registry() throws InterruptedException {
    // Queued, deferred, scheduled, started, finished, failed, canceled.
    assertThat(page("").rows()).contains("default 1 1 1 1 1 1 1", "mail 1 0 0 0 0 0 0");

    Screenshots.take(browser, dashboard.page(""), 520, "rq-dashboard-queues");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default | queued | shop.total(5, 0) total-5",
        "default | started | shop.export() export-1",
        "default | deferred | shop.total(1, 0) total-2",
        "default | scheduled | shop.total(2, 0) total-3",
        "default | finished | shop.total(100, 19) total-1",
        "default | failed | shop.charge('Jörg') charge-1 Failed",
        "default | canceled | shop.total(4, 0) total-4",
        "mail | queued | shop.remember() remember-1",
      })
  void each_registry_lists_its_job(String queue, String registry, String job)
      throws InterruptedException {
    RenderedPage page = page("0/view/jobs/" + queue + "/" + registry + "/8/asc/1");

    assertThat(page.rows()).hasSize(2).last().asString().startsWith(job);
  }

  @Test
  void the_page_of_a_failed_job_shows_the_java_exception_and_its_cause()
      throws InterruptedException {
    RenderedPage page = page("0/view/job/charge-1");

    assertThat(page.text())
        .contains("Status : failed")
        .contains("Description : shop.charge('Jörg')")
        .contains("in io.github.rq4j.interop.tools.ShopTasks.charge")
        .contains("java.lang.IllegalArgumentException: expired")
        .contains("java.lang.IllegalStateException: the card of Jörg was declined")
        .doesNotContain("Ended at : -");
    Screenshots.take(
        browser, dashboard.page("0/view/job/charge-1"), 1370, "rq-dashboard-failed-job");
  }

  @Test
  void the_page_of_a_finished_job_shows_its_result() throws InterruptedException {
    assertThat(page("0/view/job/total-1").text())
        .contains("Status : finished")
        .contains("Result : { \"total\": 119 }");
  }

  @Test
  void the_page_of_a_running_job_shows_when_it_started_and_no_end() throws InterruptedException {
    assertThat(page("0/view/job/export-1").text())
        .contains("Status : started")
        .doesNotContain("Started at : -")
        .contains("Ended at : -");
  }

  @Test
  void the_worker_is_listed_with_its_job_and_its_queues() throws InterruptedException {
    assertThat(page("0/view/workers").rows())
        .last()
        .isEqualTo("java-shop shop.export() default, mail");

    Screenshots.take(browser, dashboard.page("0/view/workers"), 420, "rq-dashboard-workers");
  }

  @Test
  void the_worker_tells_what_it_runs_on_its_state_and_what_it_has_done()
      throws IOException, InterruptedException {
    assertThat(dashboard.get("0/data/workers.json"))
        .contains("\"python_version\":\"Java " + System.getProperty("java.version"))
        .contains("\"pid\":" + ProcessHandle.current().pid())
        .contains("\"state\":\"busy\"")
        .contains("\"successful_job_count\":1")
        .contains("\"failed_job_count\":1");
  }
}
