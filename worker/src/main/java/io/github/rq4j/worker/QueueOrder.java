package io.github.rq4j.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** The order in which the queues are asked next, by RQ's strategies. For one thread at a time. */
final class QueueOrder {
  private final DequeueStrategy strategy;
  private final RandomGenerator random;
  private List<String> queues;

  QueueOrder(List<String> queues, DequeueStrategy strategy, RandomGenerator random) {
    this.queues = List.copyOf(queues);
    this.strategy = strategy;
    this.random = random;
  }

  List<String> queues() {
    return queues;
  }

  /** A job was taken from this queue. */
  void served(String queue) {
    int place = queues.indexOf(queue);
    if (strategy == DequeueStrategy.DEFAULT || place < 0) {
      return;
    }
    List<String> next = new ArrayList<>(queues);
    if (strategy == DequeueStrategy.ROUND_ROBIN) {
      Collections.rotate(next, -(place + 1));
    } else {
      for (int i = next.size() - 1; i > 0; i--) {
        Collections.swap(next, i, random.nextInt(i + 1));
      }
    }
    queues = List.copyOf(next);
  }
}
