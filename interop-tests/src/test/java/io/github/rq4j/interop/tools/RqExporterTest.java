package io.github.rq4j.interop.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.FreePorts;
import io.github.rq4j.testservers.RqTools;
import io.github.rq4j.testservers.TestRedis;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What rq-exporter tells Prometheus of a Java worker. */
@ToolTest
class RqExporterTest {

  private static ToolProcess serve(TestRedis redis) {
    int port = FreePorts.next();
    return ToolProcess.serve(
        RqTools.ofThisProject()
            .named("rq-exporter")
            .prepare()
            .command(
                "rq-exporter",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--redis-url",
                redis.uri().toString()),
        port);
  }

  @Test
  void workers_and_jobs_are_exported_as_they_are(TestRedis redis)
      throws IOException, InterruptedException {
    try (Shop shop = Shop.open(redis);
        ToolProcess exporter = serve(redis)) {
      assertThat(exporter.get("metrics").lines())
          .contains(
              "rq_workers{name=\"java-shop\",queues=\"default,mail\",state=\"busy\"} 1.0",
              "rq_workers_success_total{name=\"java-shop\",queues=\"default,mail\"} 1.0",
              "rq_workers_failed_total{name=\"java-shop\",queues=\"default,mail\"} 1.0",
              "rq_jobs{queue=\"default\",status=\"queued\"} 1.0",
              "rq_jobs{queue=\"default\",status=\"started\"} 1.0",
              "rq_jobs{queue=\"default\",status=\"finished\"} 1.0",
              "rq_jobs{queue=\"default\",status=\"failed\"} 1.0",
              "rq_jobs{queue=\"default\",status=\"deferred\"} 1.0",
              "rq_jobs{queue=\"default\",status=\"scheduled\"} 1.0",
              "rq_jobs{queue=\"mail\",status=\"queued\"} 1.0")
          .anyMatch(
              line ->
                  line.matches("rq_workers_working_time_total\\{name=\"java-shop\".*} 0\\.\\d+"));
      shop.tasks.release.countDown();
      Shop.await(shop.mail, JobStatus.FINISHED);

      assertThat(exporter.get("metrics").lines())
          .contains(
              "rq_workers{name=\"java-shop\",queues=\"default,mail\",state=\"idle\"} 1.0",
              "rq_jobs{queue=\"default\",status=\"queued\"} 0.0",
              "rq_jobs{queue=\"mail\",status=\"finished\"} 1.0");
    }
  }
}
