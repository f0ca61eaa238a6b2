package io.github.rq4j.interop.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** The database of a cell, and waiting for what happens in it. */
record CellDatabase(TestRedis redis) {
  private static final Set<String> ENDS = Set.of("finished", "failed", "stopped", "canceled");

  /** Waits until a job has the status; ends at once where the job ends with another. */
  void awaitStatus(String id, String status) {
    Awaitility.await()
        .alias("job " + id + " becomes " + status)
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> status(id).equals(status) || ENDS.contains(status(id)));
    assertThat(status(id))
        .as(() -> "job " + id + ": " + redis.command("HGETALL", "rq:job:" + id))
        .isEqualTo(status);
  }

  private String status(String id) {
    return String.valueOf(redis.command("HGET", "rq:job:" + id, "status"));
  }

  void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(condition);
  }

  /** Lets the claims of all runs end, as if nobody had heard of their workers for long. */
  void expireRuns(String queue) {
    String started = "rq:wip:" + queue;
    Object members = redis.command("ZRANGE", started, "0", "-1");
    for (Object member : (List<?>) Objects.requireNonNull(members)) {
      redis.command("ZADD", started, "XX", "5", String.valueOf(member));
    }
  }

  /** Whether no job waits in the queue, and none of it is at work. */
  boolean isIdle(String queue) {
    return Long.valueOf(0).equals(redis.command("LLEN", "rq:queue:" + queue))
        && Long.valueOf(0).equals(redis.command("ZCARD", "rq:wip:" + queue));
  }
}
