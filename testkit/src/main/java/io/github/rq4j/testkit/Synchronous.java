package io.github.rq4j.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@link io.github.rq4j.client.Queue} parameter whose jobs shall run at once, with the testkit's
 * functions, in the thread that enqueues them; see {@link io.github.rq4j.worker.SynchronousQueue}.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Synchronous {}
