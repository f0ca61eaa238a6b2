package io.github.rq4j.interop.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/** Leaves out what a release does not have, and keeps what came of each test. */
final class MatrixExtension implements BeforeEachCallback, TestWatcher {
  private static final Namespace NAMESPACE = Namespace.create(MatrixExtension.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    Scenario scenario = scenario(context);
    Assumptions.assumeTrue(
        test(context).cell.isSince(scenario.since()), () -> "n/a: since " + scenario.since());
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    record(context, MatrixRow.PASSED);
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    record(context, MatrixRow.SINCE + scenario(context).since());
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    record(context, MatrixRow.FAILED + context.getRequiredTestMethod().getName());
  }

  private static void record(ExtensionContext context, String outcome) {
    try {
      results(context).add(test(context), scenario(context), outcome);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the results of the matrix", e);
    }
  }

  private static MatrixRun results(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(MatrixRun.class, key -> new MatrixRun(), MatrixRun.class);
  }

  private static Scenario scenario(ExtensionContext context) {
    return Objects.requireNonNull(
            context.getRequiredTestMethod().getAnnotation(Covers.class), "@Covers")
        .value();
  }

  private static InCell test(ExtensionContext context) {
    return (InCell) context.getRequiredTestInstance();
  }
}
