package io.github.rq4j.interop.differential;

import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happens to a database before a worker runs on it until its queues are empty. Immutable but
 * for being built.
 */
final class Scenario {
  private final String name;
  private final List<Consumer<PythonRq>> steps = new ArrayList<>();
  private List<String> queues = List.of("default");
  private String serializer = "pickle";
  private boolean withScheduler;
  private boolean disableDefaultExceptionHandler;
  private boolean endsItsProcess;

  private Scenario(String name) {
    this.name = name;
  }

  static Scenario of(String name) {
    return new Scenario(name);
  }

  /** Enqueues a function of {@code rq4j_fixtures.tasks}. */
  Scenario enqueue(String function, String arguments, String options) {
    return enqueueTo("default", function, arguments, options);
  }

  Scenario enqueueTo(String queue, String function, String arguments, String options) {
    steps.add(
        python -> python.enqueueTo(queue, "rq4j_fixtures.tasks." + function, arguments, options));
    return this;
  }

  Scenario enqueueAsJson(String function, String arguments, String options) {
    serializer = "json";
    steps.add(
        python ->
            python.enqueueAsJson("default", "rq4j_fixtures.tasks." + function, arguments, options));
    return this;
  }

  /** Evaluates a Python expression. */
  Scenario python(String expression) {
    steps.add(python -> python.eval(expression));
    return this;
  }

  Scenario workOn(String... names) {
    queues = List.of(names);
    return this;
  }

  Scenario withScheduler() {
    withScheduler = true;
    return this;
  }

  Scenario disableDefaultExceptionHandler() {
    disableDefaultExceptionHandler = true;
    return this;
  }

  /** A function ends the process that it runs in: that has to be a horse. */
  Scenario endsItsProcess() {
    endsItsProcess = true;
    return this;
  }

  boolean canRunInThreads() {
    return !endsItsProcess;
  }

  String serializer() {
    return serializer;
  }

  /** The options of {@code rq worker}. */
  List<String> options() {
    List<String> options = new ArrayList<>(List.of("-S", serializer));
    if (withScheduler) {
      options.add("--with-scheduler");
    }
    if (disableDefaultExceptionHandler) {
      options.add("--disable-default-exception-handler");
    }
    return options;
  }

  /** The same for our worker. */
  RqWorkerBuilder configure(RqWorkerBuilder worker) {
    if (serializer.equals("json")) {
      worker.serializer(JsonSerializer.defaults());
    }
    return worker
        .queues(queues.toArray(String[]::new))
        .withScheduler(withScheduler)
        .disableDefaultExceptionHandler(disableDefaultExceptionHandler);
  }

  String name() {
    return name;
  }

  List<String> queues() {
    return queues;
  }

  void prepare(PythonRq python) {
    steps.forEach(step -> step.accept(python));
  }
}
