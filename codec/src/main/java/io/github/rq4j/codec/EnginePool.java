package io.github.rq4j.codec;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The idle zlib engines of one owner. Making an engine costs more than a usual job takes to
 * deflate, so they are used again; beyond a few they are ended at once, and those that the owner
 * leaves behind end with it. Safe for use by many threads.
 */
final class EnginePool<T> {
  private static final int MOST_IDLE = 16;

  private final ArrayBlockingQueue<T> idle = new ArrayBlockingQueue<>(MOST_IDLE);
  private final Supplier<T> maker;
  private final Consumer<T> reset;
  private final Consumer<T> end;

  EnginePool(Supplier<T> maker, Consumer<T> reset, Consumer<T> end) {
    this.maker = maker;
    this.reset = reset;
    this.end = end;
  }

  /** An engine in its first state, the caller's until given back. */
  T take() {
    T engine = idle.poll();
    return engine != null ? engine : maker.get();
  }

  /** Takes an engine back in whatever state it is. */
  void giveBack(T engine) {
    reset.accept(engine);
    if (!idle.offer(engine)) {
      end.accept(engine);
    }
  }
}
