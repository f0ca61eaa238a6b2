package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.testservers.Fault;
import io.github.rq4j.testservers.Incident;
import io.github.rq4j.testservers.RedisProxy;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import io.github.rq4j.worker.cron.CronJob;
import io.github.rq4j.worker.cron.CronScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cron scheduler goes on when Redis was away, and enqueues nothing twice for that. */
@WithRedis
class CronLostConnectionTest {

  private static CronScheduler.Builder every(String url, Duration interval) {
    return CronScheduler.builder(url)
        .register(CronJob.builder("tasks.sync").name("sync").every(interval).build());
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void a_job_whose_enqueuing_was_cut_off_is_enqueued_once(Fault fault, TestRedis redis)
      throws Exception {
    try (RedisProxy proxy = RedisProxy.to(redis.uri());
        CronScheduler scheduler = every(proxy.uri().toString(), Duration.ofHours(1)).build()) {
      Incident cut = proxy.once(request -> request.mentions("rq:cron_job:sync:jobs"), fault);
      scheduler.start();
      cut.await();
      // The times are saved once the scheduler knows that the job was enqueued.
      String hash = "rq:cron_scheduler:" + scheduler.name();
      WorkerFixture.await()
          .until(
              () ->
                  !String.valueOf(redis.command("HGET", hash, "cron_jobs"))
                      .contains("\"latest_enqueue_time\": null"));
      assertThat(redis.command("LLEN", "rq:queue:default")).isEqualTo(1L);
      assertThat(redis.command("ZCARD", "rq:cron_job:sync:jobs")).isEqualTo(1L);
    }
  }

  @Test
  void a_scheduler_outlives_a_restart_of_redis() {
    try (LocalRedis server = LocalRedis.start();
        CronScheduler scheduler =
            every(server.uri().toString(), Duration.ofSeconds(1)).name("cron").build()) {
      scheduler.start();
      server.stop();
      server.restart();
      try (RedisServer after = new RedisServer(RedisSettings.parse(server.uri().toString()))) {
        Command written = Command.of("EXISTS", "rq:queue:default", "rq:cron_scheduler:cron");
        WorkerFixture.await().until(() -> after.with(redis -> redis.call(written)).asLong() == 2);
      }
    }
  }
}
