package io.github.rq4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.local.PythonEnvironment;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProducersTest {

  @Test
  void a_backlog_lies_behind_the_jobs_that_are_to_be_drained() throws Exception {
    try (LocalRedis redis = LocalRedis.start();
        BenchPython python = new BenchPython(PythonEnvironment.newestRq());
        RqClient client = RqClient.connect(redis.uri().toString())) {
      new Producers(python)
          .enqueue(redis.uri().toString(), new Workload(Scenario.NOOP, 2, Producers.BATCH + 1));

      List<String> ids = client.queue("bench-0").jobIds();
      assertThat(ids).hasSize(2 + Producers.BATCH + 1).startsWith("job-0", "job-1");
      assertThat(ids.subList(2, ids.size())).noneMatch(id -> id.startsWith("job-"));
    }
  }
}
