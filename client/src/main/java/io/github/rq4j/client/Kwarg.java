package io.github.rq4j.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Passes a parameter of a proxy's method to Python by name. Parameters without it are passed by
 * position.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Kwarg {

  /**
   * The name in Python; empty for the parameter's own, which needs the compiler's {@code
   * -parameters}.
   */
  String value() default "";
}
