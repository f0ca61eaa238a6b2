package io.github.rq4j.testservers;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/**
 * A test that needs a Python other than the one that {@link WithPythonRq} gives it; left out, as
 * those are, where {@code RQ4J_SKIP_PYTHON=true}.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfEnvironmentVariable(
    named = "RQ4J_SKIP_PYTHON",
    matches = "true",
    disabledReason = "RQ4J_SKIP_PYTHON leaves out what needs Python")
public @interface NeedsPython {}
