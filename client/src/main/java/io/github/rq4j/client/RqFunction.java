package io.github.rq4j.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the Python function that a Java method stands for, as RQ writes it into a job: {@code
 * "tasks.count_words_at_url"}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RqFunction {

  /** The dotted Python name. */
  String value();
}
