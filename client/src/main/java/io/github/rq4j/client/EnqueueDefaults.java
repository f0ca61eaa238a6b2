package io.github.rq4j.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the jobs of a proxy's method are to be treated, with the names and ranges of {@link
 * EnqueueOptions}; what is empty is not set. RQ's decorator {@code @job} is the model. Does not
 * count where a proxy was given options of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface EnqueueDefaults {

  /** The name of the queue; empty for the proxy's. */
  String queue() default "";

  /** How long a job may run, such as {@code 10m}; {@code -1} for no limit. */
  String timeout() default "";

  /** How long a result is kept, such as {@code 1h}; {@code -1} for ever. */
  String resultTtl() default "";

  /** How long a failed job is kept, such as {@code 7d}; {@code -1} for ever. */
  String failureTtl() default "";

  /** How long a job may wait until it starts, such as {@code 1h}. */
  String ttl() default "";

  /** What dashboards show. */
  String description() default "";

  /** Whether jobs go before all that wait. */
  boolean atFront() default false;

  /** How often a job that fails is run again. */
  int retries() default 0;

  /** How long to wait before each of these runs, such as {@code 10s}. */
  String[] retryAfter() default {};
}
