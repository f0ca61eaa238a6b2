package io.github.rq4j.worker;

import io.github.rq4j.codec.binding.ValueBinder;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A function whose parameters are known.
 *
 * @param binder turns arguments into the parameters' types
 * @param method the method that it stands for; null for a lambda
 */
record TypedFunction(Signature signature, ValueBinder binder, @Nullable Method method, Body body)
    implements JobFunction {

  /** What is called with the parameters' values. */
  interface Body {
    @Nullable Object call(@Nullable Object[] bound) throws Exception;
  }

  @Nullable Object[] bind(Arguments arguments) throws PythonError {
    return signature.bind(arguments, binder);
  }

  @Override
  public @Nullable Object call(Arguments arguments) throws Exception {
    return body.call(bind(arguments));
  }
}
