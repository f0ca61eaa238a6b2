package io.github.rq4j.worker;

import org.jspecify.annotations.Nullable;

/** A function of four arguments, for {@link Handlers.Builder#register}. */
@FunctionalInterface
public interface Function4<
    A extends @Nullable Object,
    B extends @Nullable Object,
    C extends @Nullable Object,
    D extends @Nullable Object,
    R extends @Nullable Object> {

  /**
   * Does the work.
   *
   * @return the job's result; null is Python's None
   * @throws Exception anything; the job then fails with its type, message and stack trace
   */
  R call(A first, B second, C third, D fourth) throws Exception;
}
