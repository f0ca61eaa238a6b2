package io.github.rq4j.worker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what Python calls a parameter of an annotated method, and what it is where a job does not
 * give it. Without the annotation the Java name counts, which the class must have been compiled
 * with ({@code javac -parameters}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Argument {

  /** The Python name; empty for the Java name. */
  String value() default "";

  /**
   * What the parameter is where a job does not give it, as JSON: {@code "5"}, {@code "\"en\""},
   * {@code "null"}, {@code "[1, 2]"}. Empty: the job must give it.
   */
  String defaultJson() default "";

  /** Whether a job may give it by its name alone, as behind {@code *} in Python. */
  boolean keywordOnly() default false;
}
