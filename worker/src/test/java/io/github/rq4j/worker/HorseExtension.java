package io.github.rq4j.worker;

import io.github.rq4j.testservers.RedisExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a {@link HorseFixture} of its own, which ends with the test. */
final class HorseExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(HorseExtension.class);

  /** A fixture and the directory that was made for it. */
  private record Loan(HorseFixture fixture) implements AutoCloseable {
    static Loan of(ExtensionContext context) {
      try {
        Path directory = Files.createTempDirectory("rq4j-horses-");
        return new Loan(new HorseFixture(RedisExtension.redisOf(context), directory));
      } catch (IOException e) {
        throw new IllegalStateException("there is no directory for what horses tell", e);
      }
    }

    @Override
    public void close() throws IOException {
      fixture.close();
      try (Stream<Path> files = Files.walk(fixture.directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Also a constructor's parameter is of one test. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == HorseFixture.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Loan.class, key -> Loan.of(context), Loan.class)
        .fixture();
  }
}
