package io.github.rq4j.interop.reliability;

import io.github.rq4j.testservers.TestRedis;
import java.util.List;
import java.util.Objects;

/** What {@link LedgerTasks} wrote down. */
record Ledger(TestRedis redis) {
  static final String VARIABLE = "RQ4J_LEDGER_URL";
  static final String RELEASE = "release";

  static String key(String jobId) {
    return "ledger:" + jobId;
  }

  /** The beginnings and ends of a job's runs in order: {@code start}, {@code end}. */
  List<String> of(String jobId) {
    List<?> entries =
        (List<?>) Objects.requireNonNull(redis.command("LRANGE", key(jobId), "0", "-1"));
    return entries.stream().map(entry -> entry.toString().split(" ", 2)[0]).toList();
  }

  /** How many runs of a job were begun. */
  long starts(String jobId) {
    return of(jobId).stream().filter("start"::equals).count();
  }

  /** Lets the functions end that wait for it. */
  void release() {
    redis.command("SET", RELEASE, "1");
  }
}
