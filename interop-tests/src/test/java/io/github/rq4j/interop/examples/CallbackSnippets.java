package io.github.rq4j.interop.examples;

import io.github.rq4j.client.Retry;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/** What docs/callbacks.md and docs/retries.md show. */
final class CallbackSnippets {
  private CallbackSnippets() {}

  /** Stands for an application's mail. */
  interface Mail {
    void send(String text);
  }

  static Handlers callbacks(Mail mail) {
    // docs:begin callbacks
    Handlers handlers =
        Handlers.builder()
            .register("shop.tasks.ship", Parameter.of("order", String.class), order -> order + "!")
            .onSuccess("shop.tasks.shipped", (job, result) -> mail.send("shipped: " + result))
            .onFailure(
                "shop.tasks.not_shipped",
                (job, failure) -> mail.send(job.functionName() + ": " + failure.message()))
            .onStopped("shop.tasks.stopped", job -> mail.send("stopped: " + job.id()))
            .build();
    // docs:end callbacks
    return handlers;
  }

  static RqWorker handedOver(String url, Handlers handlers) {
    // docs:begin callback-queue
    RqWorker worker = RqWorker.builder(url, handlers).callbackQueue("callbacks").build();
    // docs:end callback-queue
    return worker;
  }

  static RqWorker watched(String url, Mail mail, List<String> orders) {
    // docs:begin exception-handlers
    Handlers handlers =
        Handlers.builder()
            .register("shop.tasks.find", Parameter.of("place", Integer.class), orders::get)
            .exceptionHandler(
                "shop.errors.notify",
                (job, failure) -> {
                  mail.send(failure.traceback());
                  return true; // the handlers behind this one are called, too
                })
            .build();
    RqWorker worker =
        RqWorker.builder(url, handlers)
            .exceptionHandler("shop.errors.notify")
            .exceptionHandler((job, failure) -> !failure.type().equals("MemoryError"))
            .build();
    // docs:end exception-handlers
    return worker;
  }

  static Handlers mapped(List<String> orders) {
    // docs:begin exception-mappings
    Handlers handlers =
        Handlers.builder()
            .register(
                "shop.tasks.find",
                Parameter.of("place", Integer.class),
                place -> orders.stream().skip(place).findFirst().orElseThrow())
            .mapException(NoSuchElementException.class, "shop.errors.NotFound")
            .mapException(
                IllegalArgumentException.class, "ValueError", e -> "not valid: " + e.getMessage())
            .build();
    // docs:end exception-mappings
    return handlers;
  }

  static Handlers retried(Mail mail) {
    // docs:begin returned-retry
    Handlers handlers =
        Handlers.builder()
            .register(
                "shop.tasks.remind",
                Parameter.of("attempts", Integer.class),
                attempts -> {
                  mail.send("please pay");
                  return Retry.times(attempts).after(Duration.ofHours(1), Duration.ofDays(1));
                })
            .build();
    // docs:end returned-retry
    return handlers;
  }
}
