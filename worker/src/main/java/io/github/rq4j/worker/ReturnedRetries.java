package io.github.rq4j.worker;

import io.github.rq4j.client.Retry;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.time.Duration;
import java.util.List;

/** Writes a {@link Retry} that a function returned as RQ's own object. */
final class ReturnedRetries {
  private static final PythonGlobal CLASS = new PythonGlobal("rq.job", "Retry");

  private final Serializer serializer;

  /**
   * Prepares the writing.
   *
   * @param jobSerializer the worker's; a pickling one is allowed the name of RQ's class
   */
  ReturnedRetries(Serializer jobSerializer) {
    this.serializer =
        jobSerializer instanceof PickleSerializer pickle
            ? PickleSerializer.builder()
                .protocol(pickle.protocol())
                .allowGlobal(CLASS.module(), CLASS.name())
                .build()
            : jobSerializer;
  }

  byte[] serialized(Retry retry) {
    PythonDict state = new PythonDict();
    state.put("max", (long) retry.max());
    PythonList intervals = new PythonList();
    seconds(retry).forEach(intervals::add);
    state.put("intervals", intervals);
    state.put("enqueue_at_front", retry.enqueueAtFront());
    PythonObject object = PythonObject.newObject(CLASS, PythonTuple.of());
    object.setState(state);
    try {
      return serializer.serialize(object);
    } catch (UnsupportedValueException e) {
      // As RQ does where its serializer cannot write the object, such as with JSON.
      return serializer.serialize(JobRunner.UNSERIALIZABLE);
    }
  }

  /** In RQ, a retry without intervals has one of zero. */
  private static List<Long> seconds(Retry retry) {
    return retry.intervals().isEmpty()
        ? List.of(0L)
        : retry.intervals().stream().map(Duration::toSeconds).toList();
  }
}
