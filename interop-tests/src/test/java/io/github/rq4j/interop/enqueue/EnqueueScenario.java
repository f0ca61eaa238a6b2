package io.github.rq4j.interop.enqueue;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.PythonRq;
import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The same enqueuing said in Python and in Java, and what stands in Redis before. */
final class EnqueueScenario {
  private final String name;
  private final List<Consumer<PythonRq>> before = new ArrayList<>();
  private String since = "1.16.2";
  private Consumer<PythonRq> python = rq -> {};
  private Consumer<RqClient> java = client -> {};

  private EnqueueScenario(String name) {
    this.name = name;
  }

  static EnqueueScenario of(String name) {
    return new EnqueueScenario(name);
  }

  /** The oldest release of the matrix that stores the same. */
  EnqueueScenario since(String version) {
    since = version;
    return this;
  }

  /** A Python expression that is evaluated before both. */
  EnqueueScenario before(String expression) {
    before.add(rq -> rq.eval(expression));
    return this;
  }

  /** A call of {@code tasks.add(1, y='two')} with these options, in Python. */
  EnqueueScenario python(String options) {
    python = rq -> rq.enqueue("tasks.add", "1, y='two'", options);
    return this;
  }

  /** Something else to be done in Python. */
  EnqueueScenario pythonDoes(String expression) {
    python = rq -> rq.eval(expression);
    return this;
  }

  EnqueueScenario java(Consumer<RqClient> action) {
    java = action;
    return this;
  }

  String name() {
    return name;
  }

  boolean isOf(PythonRq rq) {
    return Version.parse(rq.release().version()).compareTo(Version.parse(since)) >= 0;
  }

  void prepare(PythonRq rq) {
    before.forEach(step -> step.accept(rq));
  }

  void inPython(PythonRq rq) {
    python.accept(rq);
  }

  void inJava(RqClient client) {
    java.accept(client);
  }
}
