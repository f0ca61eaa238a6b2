package io.github.rq4j.interop.tools;

import static io.github.rq4j.interop.tools.Tracing.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.interop.tools.Tracing.Report;
import io.github.rq4j.testservers.TestRedis;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sentry's integration for RQ on the other side: traces lead from Python to Java and back. */
@ToolTest
@Tag("tools")
class SentryTest {
  private static final String HEADERS = "_sentry_trace_headers";
  private static final String TRACE = "0123456789abcdef0123456789abcdef";
  private static final String SPAN = "0123456789abcdef";

  private static Tracing sentry(TestRedis redis) {
    return new Tracing("sentry-sdk", "rq4j_tools.sentry", redis);
  }

  private static Job enqueue(RqClient client, String function) {
    Map<String, ?> headers = Map.of(HEADERS, Map.of("sentry-trace", TRACE + "-" + SPAN + "-1"));
    return client
        .queue("default")
        .enqueue(Call.of(function), EnqueueOptions.builder().meta(headers).build());
  }

  @Test
  void a_java_worker_finds_the_headers_of_a_python_producer_and_leaves_them(TestRedis redis)
      throws InterruptedException {
    List<Report> reports = sentry(redis).enqueue("default", "shop.remember");
    String trace = only(reports, "transaction", "transaction", "producer").get("trace");
    String key = "rq:job:" + reports.get(reports.size() - 1).get("id");
    String meta = String.valueOf(redis.command("HGET", key, "meta"));
    ShopTasks tasks = new ShopTasks();

    Shop.burst(redis, tasks);

    assertThat(tasks.metas)
        .singleElement()
        .extracting(seen -> seen.get(HEADERS))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .extractingByKey("sentry-trace")
        .asString()
        .startsWith(trace + "-");
    assertThat(redis.command("HGET", key, "status")).isEqualTo("finished");
    assertThat(redis.command("HGET", key, "meta")).isEqualTo(meta);
  }

  @Test
  void a_python_worker_continues_the_trace_of_a_java_producer(TestRedis redis) {
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      Job job = enqueue(client, "rq4j_fixtures.tasks.nothing");

      Report transaction = only(sentry(redis).work("default"), "transaction", "job", job.id());

      assertThat(transaction.get("transaction")).isEqualTo("rq4j_fixtures.tasks.nothing");
      assertThat(transaction.get("trace")).isEqualTo(TRACE);
      assertThat(transaction.get("parent")).isEqualTo(SPAN);
    }
  }

  @Test
  void the_error_of_a_job_belongs_to_the_trace_of_its_java_producer(TestRedis redis) {
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      Job job = enqueue(client, "rq4j_fixtures.tasks.boom");

      assertThat(only(sentry(redis).work("default"), "error", "job", job.id()).get("trace"))
          .isEqualTo(TRACE);
    }
  }
}
