package io.github.rq4j.testservers;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a Redis database of its own, empty at the start of each test unless told
 * otherwise, as a parameter of type {@link TestRedis}. See {@link RedisExtension} for where the
 * server comes from.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RedisExtension.class)
public @interface WithRedis {

  /** Whether the database is emptied before each test; otherwise the class does so itself. */
  boolean emptied() default true;
}
