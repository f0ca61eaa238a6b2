package io.github.rq4j.worker;

import io.github.rq4j.testservers.RedisExtension;
import io.github.rq4j.testservers.TestRedis;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a fixture of its own at the database of its class; it ends with the test. */
final class WorkerExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(WorkerExtension.class);

  private static final Map<Class<?>, Function<TestRedis, AutoCloseable>> FIXTURES =
      Map.of(
          WorkerFixture.class, WorkerFixture::new,
          UpkeepFixture.class, UpkeepFixture::new,
          HorseFixture.class, HorseFixture::new);

  /** Also a constructor's parameter is of one test. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return FIXTURES.containsKey(parameter.getParameter().getType());
  }

  /** The store closes what it holds when the test is over. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Function<TestRedis, AutoCloseable> fixture =
        Objects.requireNonNull(FIXTURES.get(parameter.getParameter().getType()));
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(fixture, key -> key.apply(RedisExtension.redisOf(context)));
  }
}
