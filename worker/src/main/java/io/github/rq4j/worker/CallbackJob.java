package io.github.rq4j.worker;

import io.github.rq4j.client.redis.Command;
import java.util.List;

/**
 * A job that runs a job's callback in Python, enqueued in the step that stores the outcome.
 *
 * @param queue where Python workers take it from
 * @param id its own id
 * @param fields names and values of its hash, in turn
 */
record CallbackJob(String queue, String id, List<byte[]> fields) {

  /** Appends it to the arguments of a script. */
  void addTo(Command command) {
    command.add(queue).add(id);
    fields.forEach(command::add);
  }
}
