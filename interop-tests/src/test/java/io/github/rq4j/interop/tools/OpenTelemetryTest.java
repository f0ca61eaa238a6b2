package io.github.rq4j.interop.tools;

import static io.github.rq4j.interop.tools.Tracing.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Job;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.interop.examples.TracingSnippets;
import io.github.rq4j.interop.tools.Tracing.Report;
import io.github.rq4j.testservers.TestRedis;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenTelemetry's instrumentation of RQ on the other side: {@code traceparent} is in the meta. */
@ToolTest
@Tag("tools")
class OpenTelemetryTest {
  private static final String TRACE = "0123456789abcdef0123456789abcdef";
  private static final String SPAN = "0123456789abcdef";

  private static Tracing telemetry(TestRedis redis) {
    return new Tracing("opentelemetry-instrumentation-rq", "rq4j_tools.opentelemetry", redis);
  }

  private static Job enqueue(RqClient client, String function) {
    return TracingSnippets.enqueue(client, function, "00-" + TRACE + "-" + SPAN + "-01");
  }

  @Test
  void a_java_worker_finds_the_context_of_a_python_producer_and_leaves_it(TestRedis redis)
      throws InterruptedException {
    List<Report> reports = telemetry(redis).enqueue("default", "shop.remember");
    Report published = only(reports, "span", "name", "publish_default");
    String key = "rq:job:" + reports.get(reports.size() - 1).get("id");
    String meta = String.valueOf(redis.command("HGET", key, "meta"));
    ShopTasks tasks = new ShopTasks();

    Shop.burst(redis, tasks);

    assertThat(tasks.metas)
        .singleElement()
        .extracting(seen -> seen.get("traceparent"))
        .asString()
        .matches("00-" + published.get("trace") + "-" + published.get("id") + "-0[0-9a-f]");
    assertThat(redis.command("HGET", key, "status")).isEqualTo("finished");
    assertThat(redis.command("HGET", key, "meta")).isEqualTo(meta);
  }

  @Test
  void a_python_worker_continues_the_trace_of_a_java_producer(TestRedis redis) {
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      Job job = enqueue(client, "rq4j_fixtures.tasks.nothing");
      List<Report> reports = telemetry(redis).work("default");

      Report consumed = only(reports, "span", "name", "consume_default");
      assertThat(consumed.get("job")).isEqualTo(job.id());
      assertThat(consumed.get("trace")).isEqualTo(TRACE);
      assertThat(consumed.get("parent")).isEqualTo(SPAN);
      Report performed = only(reports, "span", "name", "perform");
      assertThat(performed.get("trace")).isEqualTo(TRACE);
      assertThat(performed.get("parent")).isEqualTo(consumed.get("id"));
    }
  }

  @Test
  void the_span_of_a_job_that_fails_has_the_error_and_the_trace_of_its_java_producer(
      TestRedis redis) {
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      enqueue(client, "rq4j_fixtures.tasks.boom");

      Report performed = only(telemetry(redis).work("default"), "span", "name", "perform");

      assertThat(performed.get("status")).isEqualTo("ERROR");
      assertThat(performed.get("trace")).isEqualTo(TRACE);
    }
  }
}
