package io.github.rq4j.interop.examples;

import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.cron.CronJob;
import io.github.rq4j.worker.cron.CronScheduler;
import java.time.Duration;
import java.time.ZoneId;

/** What docs/scheduling.md shows. */
final class SchedulingSnippets {
  private SchedulingSnippets() {}

  static RqWorker scheduling(String url, Handlers handlers) {
    // docs:begin scheduling-worker
    RqWorker worker = RqWorker.builder(url, handlers).withScheduler(true).build();
    // docs:end scheduling-worker
    return worker;
  }

  static CronScheduler cron(String url) {
    // docs:begin scheduling-cron
    CronScheduler scheduler =
        CronScheduler.builder(url)
            .register(CronJob.builder("shop.tasks.refresh").every(Duration.ofMinutes(5)).build())
            .register(
                CronJob.builder("shop.tasks.report")
                    .queue("low")
                    .args("weekly")
                    .kwarg("to", "ada@example.com")
                    .cron("0 6 * * mon")
                    .timeout(Duration.ofMinutes(10))
                    .build())
            .zone(ZoneId.of("Europe/Berlin"))
            .build();
    // docs:end scheduling-cron
    return scheduler;
  }
}
