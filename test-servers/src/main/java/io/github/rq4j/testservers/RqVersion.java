package io.github.rq4j.testservers;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The release of RQ that a {@link PythonRq} parameter shall be, one of the matrix. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface RqVersion {

  /** The version, such as {@code 1.16.2}. */
  String value();
}
