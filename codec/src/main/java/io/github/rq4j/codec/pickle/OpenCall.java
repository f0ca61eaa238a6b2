package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.ValuePath;
import org.jspecify.annotations.Nullable;

/**
 * A value that Python makes by a call whose arguments are any values, with nothing to add
 * afterwards.
 */
final class OpenCall extends OpenValue {
  private final Object result;
  private final GlobalRef callable;
  private final @Nullable Object[] args;
  private int next = -1;

  OpenCall(Object result, GlobalRef callable, @Nullable Object... args) {
    this.result = result;
    this.callable = callable;
    this.args = args;
  }

  @Override
  boolean proceed(PickleWriter writer) {
    if (next < 0) {
      writer.standard().globals().beginCall(callable, args.length);
      next = 0;
    }
    while (next < args.length) {
      if (!writer.write(args[next++])) {
        return false;
      }
    }
    writer.opcodes().endCall(args.length, result);
    return true;
  }

  @Override
  void describe(ValuePath path) {
    // The arguments are a form that the reader of the path does not know.
  }
}
