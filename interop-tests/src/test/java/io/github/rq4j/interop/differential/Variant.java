package io.github.rq4j.interop.differential;

import io.github.rq4j.testservers.PythonRq;
import java.util.ArrayList;
import java.util.List;

/** On which queues, and in which form, the jobs of a scenario are. */
enum Variant {
  PICKLE_ON_ONE_QUEUE,
  /** Every second job is on the second queue. */
  JSON_ON_TWO_QUEUES;

  private static final String SECOND_QUEUE = "second";

  /** Enqueues a scenario's job of that number from 0. */
  void enqueue(PythonRq python, int number, String function, String arguments, String options) {
    boolean second = this == JSON_ON_TWO_QUEUES && number % 2 == 1;
    enqueueTo(python, second ? SECOND_QUEUE : "default", function, arguments, options);
  }

  void enqueueTo(PythonRq python, String queue, String function, String arguments, String options) {
    if (this == JSON_ON_TWO_QUEUES) {
      python.enqueueAsJson(queue, function, arguments, options);
    } else {
      python.enqueueTo(queue, function, arguments, options);
    }
  }

  /** The queues that the worker works on. */
  List<String> queues(List<String> ofScenario) {
    if (this == PICKLE_ON_ONE_QUEUE) {
      return ofScenario;
    }
    List<String> queues = new ArrayList<>(ofScenario);
    queues.add(SECOND_QUEUE);
    return queues;
  }

  /** The class of RQ in an expression. */
  String serializer() {
    String name = this == JSON_ON_TWO_QUEUES ? "JSONSerializer" : "DefaultSerializer";
    return "import_module('rq.serializers')." + name;
  }
}
