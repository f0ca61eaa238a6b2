package io.github.rq4j.interop.examples;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.codec.binding.TypeReference;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.worker.Argument;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What docs/worker-library.md shows. */
final class WorkerSnippets {
  private WorkerSnippets() {}

  // docs:begin worker-record
  record Line(String article, int count, double price) {}

  // docs:end worker-record

  static Handlers typed() {
    // docs:begin worker-typed
    Handlers handlers =
        Handlers.builder()
            .register("shop.ping", () -> "pong")
            .register(
                "shop.total",
                Parameter.of("lines", new TypeReference<List<Line>>() {}),
                Parameter.of("discount", Double.class).orElse(0.0),
                (lines, discount) ->
                    lines.stream().mapToDouble(line -> line.count() * line.price()).sum()
                        * (1 - discount))
            .register("shop.count", arguments -> arguments.kwargs().size())
            .build();
    // docs:end worker-typed
    return handlers;
  }

  // docs:begin worker-object
  static final class Mailer {
    private final String sender;

    Mailer(String sender) {
      this.sender = sender;
    }

    @RqFunction("mail.send")
    String send(
        @Argument("to") String recipient,
        @Argument(value = "copies", defaultJson = "1") int copies,
        @Argument("subject") Optional<String> subject) {
      return sender + " -> " + recipient + " x" + copies + ": " + subject.orElse("(none)");
    }
  }

  // docs:end worker-object

  static Handlers ofObject() {
    // docs:begin worker-object-registered
    Handlers handlers =
        Handlers.builder().registerAnnotated(new Mailer("shop@example.com")).build();
    // docs:end worker-object-registered
    return handlers;
  }

  static RqWorker configured(String url, Handlers handlers) {
    // docs:begin worker-settings
    RqWorker worker =
        RqWorker.builder(url, handlers)
            .queues("high", "default")
            .name("shop-1")
            .concurrency(4)
            .resultTtl(Duration.ofHours(1))
            .shutdownTimeout(Duration.ofSeconds(20))
            .build();
    // docs:end worker-settings
    return worker;
  }

  static RqWorker json(String url, Handlers handlers) {
    // docs:begin worker-json
    RqWorker worker = RqWorker.builder(url, handlers).serializer(JsonSerializer.defaults()).build();
    // docs:end worker-json
    return worker;
  }

  static RqWorker onlyRegistered(String url, Handlers handlers) {
    // docs:begin worker-only-registered
    RqWorker worker =
        RqWorker.builder(url, handlers).queues("default").onlyRegistered(true).build();
    // docs:end worker-only-registered
    return worker;
  }

  static RqWorker unknownTo(String url, Handlers handlers) {
    // docs:begin worker-unknown-to
    RqWorker worker = RqWorker.builder(url, handlers).queues("default").unknownTo("python").build();
    // docs:end worker-unknown-to
    return worker;
  }

  static void startAndClose(RqWorker worker, Runnable application) {
    // docs:begin worker-start
    worker.start(); // returns at once; the worker's threads do not keep the JVM alive
    application.run();
    worker.close(Duration.ofSeconds(10)); // warm for ten seconds, then cold
    // docs:end worker-start
  }
}
