package io.github.rq4j.worker;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A function whose parameters are known.
 *
 * @param method the method that it stands for; null for a lambda
 */
record TypedFunction(Signature signature, @Nullable Method method, JobFunction body)
    implements JobFunction {

  @Override
  public @Nullable Object call(Arguments arguments) throws Exception {
    return body.call(arguments);
  }
}
