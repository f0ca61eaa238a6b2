package io.github.rq4j.interop.examples;

// docs:begin worker-lambda
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.RqWorker;

public final class LambdaWorker {
  public static void main(String[] args) throws InterruptedException {
    String url = args.length > 0 ? args[0] : "redis://localhost:6379";
    Handlers handlers =
        Handlers.builder()
            .register(
                "tasks.repeat",
                Parameter.of("text", String.class),
                Parameter.of("times", Integer.class).orElse(2),
                (text, times) -> text.repeat(times))
            .build();
    try (RqWorker worker = RqWorker.builder(url, handlers).queues("default").build()) {
      worker.runUntilShutdown();
    }
  }
}
// docs:end worker-lambda
