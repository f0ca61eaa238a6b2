package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.local.LocalRedis;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a plain job costs the server, as the server counts it. */
class CommandCountTest {
  private static final Pattern STATISTIC = Pattern.compile("cmdstat_([^:]+):calls=(\\d+),");

  /** As docs/how-a-job-runs.md counts: 14 inside the claim, 10 inside the finish, both scripts. */
  private static final long COMMANDS = 26;

  private static final int FEW = 10;
  private static final int MANY = 30;

  /** The calls of each command while so many jobs run, the way there and back included. */
  private static Map<String, Long> calls(int jobs, String function) throws InterruptedException {
    try (LocalRedis server = LocalRedis.start();
        RqClient client = RqClient.connect(server.uri().toString());
        RedisServer redis = new RedisServer(RedisSettings.parse(server.uri().toString()))) {
      for (int i = 0; i < jobs; i++) {
        client.queue("default").enqueue(Call.of(function));
      }
      redis.with(connection -> connection.call(Command.of("CONFIG", "RESETSTAT")));
      Handlers handlers =
          Handlers.builder()
              .register("ok", () -> 1L)
              .register(
                  "boom",
                  () -> {
                    throw new IllegalStateException();
                  })
              .build();
      try (RqWorker worker =
          RqWorker.builder(server.uri().toString(), handlers).burst(true).build()) {
        worker.runUntilShutdown();
      }
      String statistics =
          String.valueOf(
              redis
                  .with(connection -> connection.call(Command.of("INFO", "commandstats")))
                  .asText());
      Map<String, Long> calls = new TreeMap<>();
      Matcher matcher = STATISTIC.matcher(statistics);
      while (matcher.find()) {
        calls.put(matcher.group(1), Long.valueOf(matcher.group(2)));
      }
      return calls;
    }
  }

  /** The calls of each command for one job. */
  private static Map<String, Long> perJob(String function) throws InterruptedException {
    Map<String, Long> few = calls(FEW, function);
    Map<String, Long> perJob = new TreeMap<>();
    calls(MANY, function)
        .forEach(
            (command, count) -> {
              long more = count - few.getOrDefault(command, 0L);
              assertThat(more % (MANY - FEW)).as(command).isZero();
              if (more > 0) {
                perJob.put(command, more / (MANY - FEW));
              }
            });
    return perJob;
  }

  @Test
  void a_job_that_uses_nothing_special_costs_two_scripts_and_what_they_do()
      throws InterruptedException {
    Map<String, Long> calls = perJob("ok");
    assertThat(calls).containsEntry("evalsha", 2L);
    long all = calls.values().stream().mapToLong(Long::longValue).sum();
    assertThat(all).as("%s", calls).isLessThanOrEqualTo(COMMANDS);
  }

  @Test
  void a_failure_costs_no_more_than_a_result() throws InterruptedException {
    assertThat(perJob("boom")).isEqualTo(perJob("ok"));
  }
}
