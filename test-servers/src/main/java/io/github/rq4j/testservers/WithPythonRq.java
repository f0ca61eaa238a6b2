package io.github.rq4j.testservers;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class real Python RQ, as parameters of type {@link PythonRq}, on the
 * database that it gives them as {@link TestRedis}.
 *
 * <p>In a plain {@code @Test} the parameter is the newest release, or the one that {@link
 * RqVersion} on the parameter names; a test with {@link EveryRqRelease} in place of {@code @Test}
 * runs once for each release of the matrix.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@WithRedis
@ExtendWith(PythonRqExtension.class)
public @interface WithPythonRq {}
