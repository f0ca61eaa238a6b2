package io.github.rq4j.testservers;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Lends each test class a Redis database and empties it before each test.
 *
 * <p>The server is taken from the first of these that is open: the URL in {@code
 * RQ4J_TEST_REDIS_URL}; a Docker container of {@code RQ4J_TEST_REDIS_IMAGE}; {@code redis-server}
 * on {@code PATH}; the embedded one. The log says which, and why not the ones before it. The system
 * property {@code rq4j.test.redis} (or the variable {@code RQ4J_TEST_REDIS}) with the value {@code
 * url}, {@code docker}, {@code path} or {@code embedded} allows only that one; tests fail if it is
 * not to be had.
 *
 * <p>Nested test classes share the database of the outermost one. Test classes may run in parallel;
 * the tests of one class may not.
 */
public final class RedisExtension
    implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(RedisExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    redisOf(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    WithRedis chosen = context.getRequiredTestClass().getAnnotation(WithRedis.class);
    if (chosen == null || chosen.emptied()) {
      redisOf(context).flush();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestRedis.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return redisOf(context);
  }

  /** The database of the test class in whose context we are. */
  public static TestRedis redisOf(ExtensionContext context) {
    RedisSupply supply =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                RedisSupply.class,
                key ->
                    RedisResolution.ofThisProcess().resolve(RedisSettings.ofThisProcess().mode()),
                RedisSupply.class);
    return classStore(context)
        .getOrComputeIfAbsent(RedisLease.class, key -> supply.lease(), RedisLease.class)
        .redis();
  }

  /** The store that ends with the outermost test class. */
  private static Store classStore(ExtensionContext context) {
    return outermostClass(context).getStore(NAMESPACE);
  }

  /** The context of the outermost of the nested test classes in whose context we are. */
  public static ExtensionContext outermostClass(ExtensionContext context) {
    ExtensionContext outermost = context;
    while (outermost.getParent().filter(parent -> parent.getTestClass().isPresent()).isPresent()) {
      outermost = outermost.getParent().orElseThrow();
    }
    return outermost;
  }
}
