package io.github.rq4j.interop.tools;

import io.github.rq4j.testservers.NeedsPython;
import io.github.rq4j.testservers.WithRedis;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tests with a tool around RQ. Those that take long or need a browser also have the tag {@code
 * tools}: {@code mvn verify -Ptools} runs them, plain {@code mvn verify} does not.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithRedis
@NeedsPython
@interface ToolTest {}
