package io.github.rq4j.testservers;

import io.github.rq4j.local.PythonEnvironment;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one Python process for each test class and release of RQ, and ends it with the class.
 *
 * <p>After each test the release that it used reads all that the database holds with its own
 * classes; what it cannot read, or does not know, fails the test, unless it is annotated with
 * {@link LeavesUnreadable}.
 *
 * <p>The virtualenvs are made on the first run and kept in the user's cache directory. Without a
 * Python, or when pip fails, tests fail and say what to install; {@code RQ4J_SKIP_PYTHON=true}
 * leaves them out instead and logs each class that it left out.
 */
public final class PythonRqExtension
    implements ExecutionCondition, ParameterResolver, AfterEachCallback {

  private static final Logger log = LoggerFactory.getLogger(PythonRqExtension.class);
  // Two, because a store also finds what the stores above it hold.
  private static final Namespace ENVIRONMENTS = Namespace.create(PythonEnvironment.class);
  private static final Namespace PROCESSES = Namespace.create(PythonRq.class);
  private static final Namespace USED = Namespace.create(PythonRqExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (!isLeftOut()) {
      return ConditionEvaluationResult.enabled("Python is wanted");
    }
    log.warn("Left out for RQ4J_SKIP_PYTHON=true: {}", context.getDisplayName());
    return ConditionEvaluationResult.disabled("RQ4J_SKIP_PYTHON=true leaves out what needs Python");
  }

  /** Whether tests are to do without Python. */
  static boolean isLeftOut() {
    return "true".equals(System.getenv("RQ4J_SKIP_PYTHON"));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    boolean ofTemplate =
        context
            .getTestMethod()
            .filter(method -> method.isAnnotationPresent(EveryRqRelease.class))
            .filter(parameter.getDeclaringExecutable()::equals)
            .isPresent();
    return parameter.getParameter().getType() == PythonRq.class && !ofTemplate;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RqMatrix matrix = RqMatrix.ofThisProject();
    RqRelease release =
        parameter
            .findAnnotation(RqVersion.class)
            .map(version -> matrix.release(version.value()))
            .orElseGet(matrix::newest);
    return pythonRq(release, context);
  }

  /** The process of that release that works on the database of the test class. */
  static PythonRq pythonRq(RqRelease release, ExtensionContext context) {
    PythonEnvironment environment =
        context
            .getRoot()
            .getStore(ENVIRONMENTS)
            .getOrComputeIfAbsent(release, RqRelease::prepare, PythonEnvironment.class);
    TestRedis redis = RedisExtension.redisOf(context);
    PythonRq python =
        RedisExtension.outermostClass(context)
            .getStore(PROCESSES)
            .getOrComputeIfAbsent(
                release, key -> PythonRq.start(key, environment, redis.uri()), PythonRq.class);
    context.getStore(USED).put(Used.class, new Used(python));
    return python;
  }

  /** Keeps a store from closing the process: it would, if it held it itself. */
  private record Used(PythonRq python) {}

  /** Holds every test to leave nothing that its release of RQ cannot read. */
  @Override
  public void afterEach(ExtensionContext context) {
    Used used = context.getStore(USED).get(Used.class, Used.class);
    if (used != null) {
      holdToReadable(context, used.python());
    }
  }

  static void holdToReadable(ExtensionContext context, PythonRq python) {
    boolean meant =
        context
            .getTestMethod()
            .filter(method -> method.isAnnotationPresent(LeavesUnreadable.class))
            .isPresent();
    if (meant) {
      return;
    }
    List<String> unreadable = python.unreadable();
    if (!unreadable.isEmpty()) {
      throw new AssertionError(python.release() + " cannot read " + String.join("; ", unreadable));
    }
  }
}
