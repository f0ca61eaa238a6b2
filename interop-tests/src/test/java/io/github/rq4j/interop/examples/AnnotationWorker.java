package io.github.rq4j.interop.examples;

// docs:begin worker-annotation
import io.github.rq4j.client.RqFunction;
import io.github.rq4j.worker.Argument;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;

public final class AnnotationWorker {
  @RqFunction("tasks.greet")
  public static String greet(
      @Argument("name") String name,
      @Argument(value = "greeting", defaultJson = "\"Hello\"") String greeting) {
    return greeting + ", " + name + "!";
  }

  public static void main(String[] args) throws InterruptedException {
    String url = args.length > 0 ? args[0] : "redis://localhost:6379";
    Handlers handlers = Handlers.builder().registerAnnotated(AnnotationWorker.class).build();
    try (RqWorker worker = RqWorker.builder(url, handlers).queues("default").build()) {
      worker.runUntilShutdown();
    }
  }
}
// docs:end worker-annotation
