package io.github.rq4j.interop.differential;

import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a database before a worker runs on it until its queues are empty. Immutable but
 * for being built.
 */
final class Scenario {
  /** Does something to a database. */
  private interface Step {
    void accept(PythonRq python, Variant variant);
  }

  private static final String MODULE = "rq4j_fixtures.tasks.";

  private final String name;
  private final List<Step> steps = new ArrayList<>();
  private List<String> queues = List.of("default");
  private boolean json;
  private boolean pickleOnly;
  private boolean withScheduler;
  private boolean disableDefaultExceptionHandler;
  private boolean endsItsProcess;
  private int jobs;

  private Scenario(String name) {
    this.name = name;
  }

  static Scenario of(String name) {
    return new Scenario(name);
  }

  /** Enqueues a function of {@code rq4j_fixtures.tasks}. */
  Scenario enqueue(String function, String arguments, String options) {
    int number = jobs++;
    steps.add(
        (python, variant) ->
            variant.enqueue(python, number, MODULE + function, arguments, options));
    return this;
  }

  Scenario enqueueTo(String queue, String function, String arguments, String options) {
    steps.add(
        (python, variant) ->
            variant.enqueueTo(python, queue, MODULE + function, arguments, options));
    return this;
  }

  Scenario enqueueAsJson(String function, String arguments, String options) {
    json = true;
    steps.add(
        (python, variant) ->
            python.enqueueAsJson("default", MODULE + function, arguments, options));
    return pickleOnly();
  }

  /** Evaluates a Python expression, in which {@code SERIALIZER} stands for that of the variant. */
  Scenario python(String expression) {
    steps.add(
        (python, variant) -> python.eval(expression.replace("SERIALIZER", variant.serializer())));
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

  /** Data is not read, or cannot be in another form. */
  Scenario pickleOnly() {
    pickleOnly = true;
    return this;
  }

  boolean has(Variant variant) {
    return variant == Variant.PICKLE_ON_ONE_QUEUE || !pickleOnly;
  }

  private boolean isJson(Variant variant) {
    return json || variant == Variant.JSON_ON_TWO_QUEUES;
  }

  String serializer(Variant variant) {
    return isJson(variant) ? "json" : "pickle";
  }

  /** The arguments of {@code rq worker}. */
  List<String> options(Variant variant) {
    List<String> options = new ArrayList<>(List.of("-S", serializer(variant)));
    if (withScheduler) {
      options.add("--with-scheduler");
    }
    if (disableDefaultExceptionHandler) {
      options.add("--disable-default-exception-handler");
    }
    options.addAll(variant.queues(queues));
    return options;
  }

  /** The same for our worker. */
  RqWorkerBuilder configure(Variant variant, RqWorkerBuilder worker) {
    if (isJson(variant)) {
      worker.serializer(JsonSerializer.defaults());
    }
    return worker
        .queues(variant.queues(queues).toArray(String[]::new))
        .withScheduler(withScheduler)
        .disableDefaultExceptionHandler(disableDefaultExceptionHandler);
  }

  String name() {
    return name;
  }

  void prepare(Variant variant, PythonRq python) {
    steps.forEach(step -> step.accept(python, variant));
  }
}
