package io.github.rq4j.codec.binding;

import org.jspecify.annotations.Nullable;

/** The rule for one Java type. Immutable and safe for many threads. */
@FunctionalInterface
interface Target {

  /**
   * Binds a value that is not None.
   *
   * @throws io.github.rq4j.codec.BindingException if it does not fit
   */
  @Nullable Object bind(Object value, Position at);
}
