package io.github.rq4j.testkit;

import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.testservers.RedisExtension;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import io.github.rq4j.worker.SynchronousQueue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the tests of a class a real Redis database of their own, empty at the start of each test,
 * and what it takes to prove the project's functions in both directions, as parameters:
 *
 * <ul>
 *   <li>{@link RqClient}, and {@link Queue}: the first of the testkit's queues; with {@link
 *       Synchronous} one whose jobs run at once
 *   <li>{@link ManualWorker}, which runs the testkit's functions, and {@link TestClock}, its clock
 *       and the client's
 *   <li>{@link RealPython}, one process per test class
 *   <li>{@code String} with {@link RedisUrl}: the database's URL
 * </ul>
 *
 * <p>Register it by {@code @RegisterExtension} on a static field, one per class. Test classes may
 * run in parallel; the tests of one class may not. Nested classes share the outermost one's
 * database. Where Redis comes from, says {@link RedisExtension}; the environment variable {@code
 * RQ4J_SKIP_PYTHON=true} leaves out the tests that take a {@code RealPython}. Immutable; needs
 * JUnit 5.13 or newer.
 */
public final class RqTestkit
    implements BeforeAllCallback, BeforeEachCallback, ExecutionCondition, ParameterResolver {

  private static final Logger log = LoggerFactory.getLogger(RqTestkit.class);
  private static final Namespace NAMESPACE = Namespace.create(RqTestkit.class);
  private static final Set<Class<?>> TYPES =
      Set.of(RqClient.class, Queue.class, ManualWorker.class, TestClock.class, RealPython.class);

  private static final int MOST_JOBS = 10_000;

  private final RedisExtension redis = new RedisExtension();
  private final Handlers handlers;
  private final List<String> queues;
  private final Serializer serializer;
  private final UnaryOperator<RqWorkerBuilder> workerSettings;
  private final RealPython.Builder python;
  private final Map<String, String> environment;

  private RqTestkit(Builder builder) {
    this.handlers = builder.handlers;
    this.queues = builder.queues;
    this.serializer = builder.serializer;
    this.workerSettings = builder.workerSettings;
    this.python = builder.python;
    this.environment = builder.environment;
  }

  /** Starts a testkit without functions, on the queue {@code default}. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    redis.beforeAll(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    redis.beforeEach(context);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    boolean wantsPython =
        context
            .getTestMethod()
            .filter(method -> Arrays.asList(method.getParameterTypes()).contains(RealPython.class))
            .isPresent();
    if (!wantsPython || !"true".equals(environment.get("RQ4J_SKIP_PYTHON"))) {
      return ConditionEvaluationResult.enabled("Python is there or not needed");
    }
    log.warn("Left out for RQ4J_SKIP_PYTHON=true: {}", context.getDisplayName());
    return ConditionEvaluationResult.disabled("RQ4J_SKIP_PYTHON=true leaves out what needs Python");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return TYPES.contains(type) || (type == String.class && parameter.isAnnotated(RedisUrl.class));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == RealPython.class) {
      return python(context);
    }
    if (type == String.class) {
      return url(context);
    }
    Bench bench = bench(context);
    if (type == RqClient.class) {
      return bench.client();
    }
    if (type == TestClock.class) {
      return bench.worker().clock();
    }
    if (type == ManualWorker.class) {
      return bench.worker();
    }
    Queue queue = bench.client().queue(queues.get(0));
    return parameter.isAnnotated(Synchronous.class) ? SynchronousQueue.of(queue, handlers) : queue;
  }

  /** What one test works with. */
  private record Bench(RqClient client, ManualWorker worker) implements AutoCloseable {
    @Override
    public void close() {
      client.close();
    }
  }

  private Bench bench(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        // Not the one that a method before all tests has got in the class's context.
        .getOrComputeIfAbsent(context.getUniqueId(), id -> newBench(url(context)), Bench.class);
  }

  private Bench newBench(String url) {
    TestClock clock = new TestClock();
    RqClient client = RqClient.builder(url).serializer(serializer).clock(clock).build();
    return new Bench(client, new ManualWorker(client, () -> worker(url), queues, clock, MOST_JOBS));
  }

  private RqWorkerBuilder worker(String url) {
    return workerSettings.apply(RqWorker.builder(url, handlers).serializer(serializer));
  }

  private RealPython python(ExtensionContext context) {
    return RedisExtension.outermostClass(context)
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(python, builder -> builder.start(url(context)), RealPython.class);
  }

  private static String url(ExtensionContext context) {
    return RedisExtension.redisOf(context).uri().toString();
  }

  /** Options for a {@link RqTestkit}. Not thread-safe. */
  public static final class Builder {

    private Handlers handlers = Handlers.builder().build();
    private List<String> queues = List.of("default");
    private Serializer serializer = PickleSerializer.defaults();
    private UnaryOperator<RqWorkerBuilder> workerSettings = UnaryOperator.identity();
    private RealPython.Builder python = RealPython.builder();
    private Map<String, String> environment = System.getenv();

    private Builder() {}

    /** The functions that {@link ManualWorker} and {@link Synchronous} queues run. */
    public Builder handlers(Handlers functions) {
      this.handlers = functions;
      return this;
    }

    /** The queues of the {@link ManualWorker}, the most important first. */
    public Builder queues(String first, String... more) {
      String[] all = new String[more.length + 1];
      all[0] = first;
      System.arraycopy(more, 0, all, 1, more.length);
      this.queues = List.of(all);
      return this;
    }

    /** What turns arguments and results into bytes, for client and worker; by default pickle. */
    public Builder serializer(Serializer jobSerializer) {
      this.serializer = jobSerializer;
      return this;
    }

    /**
     * More settings of the {@link ManualWorker}, such as exception handlers. What makes it manual
     * is set afterwards: queues, clock, threads, burst, scheduler, number of jobs.
     */
    public Builder worker(UnaryOperator<RqWorkerBuilder> settings) {
      this.workerSettings = settings;
      return this;
    }

    /** Which Python the {@link RealPython} is; by default the best one, with the newest RQ. */
    public Builder python(RealPython.Builder options) {
      this.python = options;
      return this;
    }

    /** Other environment variables than those of this process. */
    Builder environment(Map<String, String> variables) {
      this.environment = variables;
      return this;
    }

    /** The extension; nothing is started yet. */
    public RqTestkit build() {
      return new RqTestkit(this);
    }
  }
}
