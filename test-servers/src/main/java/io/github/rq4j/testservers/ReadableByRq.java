package io.github.rq4j.testservers;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Holds every test of a class to leave nothing in its database that the newest release of RQ cannot
 * read, as {@link WithPythonRq} does for tests that use RQ themselves. Tests that do so on purpose
 * say it by {@link LeavesUnreadable}. Where Python is left out, so is this.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithRedis
@ExtendWith(ReadableByRqExtension.class)
public @interface ReadableByRq {}
