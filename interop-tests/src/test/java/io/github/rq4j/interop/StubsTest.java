package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.cli.Main;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.client.RqFunction;
import io.github.rq4j.local.CommandResult;
import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.local.PythonInterpreter;
import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.RqMatrix;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Argument;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python modules that stand for Java functions, in real Python. */
@WithPythonRq
class StubsTest {
  @TempDir private Path directory;

  /** A line of an order. */
  public record Line(String article, int count, BigDecimal price) {}

  /** What the stubs stand for. */
  public static final class Shop {
    private Shop() {}

    @RqFunction("stub_shop.tasks.total")
    public static BigDecimal total(
        List<Line> lines, @Argument(defaultJson = "\"say \\\"hi\\\"\"") String note) {
      return lines.stream()
          .map(line -> line.price().multiply(BigDecimal.valueOf(line.count())))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  private void writeStubs(String... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    String[] args = new String[5 + more.length];
    System.arraycopy(
        new String[] {"stubs", "--handlers", Shop.class.getName(), "-o", directory.toString()},
        0,
        args,
        0,
        5);
    System.arraycopy(more, 0, args, 5, more.length);
    int exitCode = Main.run(new Console(stream, stream, Map.of()), args);
    assertThat(exitCode).as(out.toString(StandardCharsets.UTF_8)).isZero();
  }

  /** Lets the driver's process, and the workers in it, import the modules. */
  private String imported(PythonRq python) {
    python.eval("import_module('sys').path.insert(0, '" + directory + "')");
    python.eval(
        "[import_module('sys').modules.pop(name, None) for name in"
            + " ('stub_shop', 'stub_shop.tasks')]");
    return "import_module('stub_shop.tasks').total";
  }

  private static void java(TestRedis redis, String queue) throws InterruptedException {
    Handlers handlers = Handlers.builder().registerAnnotated(Shop.class).build();
    try (RqWorker worker =
        RqWorker.builder(redis.uri().toString(), handlers).queues(queue).burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  private static final String LINES = "[{'article': 'pen', 'count': 3, 'price': Decimal('1.50')}]";

  @EveryRqRelease
  void a_stub_is_enqueued_as_the_function_that_it_stands_for(PythonRq python, TestRedis redis)
      throws InterruptedException {
    writeStubs();
    String id = python.enqueueCallable(imported(python), LINES, "");
    java(redis, "default");
    assertThat(python.resultDifference(id, "Decimal('4.50')")).isEmpty();
    assertThat(python.eval("job('" + id + "').func_name").toString())
        .contains("stub_shop.tasks.total");
  }

  @EveryRqRelease
  void a_stub_that_a_python_worker_runs_hands_the_job_over(PythonRq python, TestRedis redis)
      throws InterruptedException {
    writeStubs("--queue", "java");
    String stub = imported(python);
    String id =
        python.enqueueCallable(stub, LINES, "job_timeout=77, result_ttl=99, meta={'who': 'ada'}");
    python.workBurst("default");
    assertThat(python.job(id).status()).isEqualTo("finished");
    String handedOver = Objects.requireNonNull(python.registries("java").get("queued")).get(0);
    assertThat(python.resultDifference(id, "'" + handedOver + "'")).isEmpty();
    assertThat(python.job(handedOver).attribute("timeout")).isEqualTo("77");
    assertThat(python.difference(handedOver, "meta", "{'who': 'ada'}")).isEmpty();
    java(redis, "java");
    assertThat(python.resultDifference(handedOver, "Decimal('4.50')")).isEmpty();
    assertThat(python.job(handedOver).secondsToLive()).isBetween(90L, 99L);
  }

  @EveryRqRelease
  void a_stub_without_another_queue_fails_and_says_what_to_do(PythonRq python) {
    writeStubs("--queue", "default");
    String id = python.enqueueCallable(imported(python), LINES, "");
    python.workBurst("default");
    assertThat(python.job(id).status()).isEqualTo("failed");
    assertThat(python.job(id).excInfo())
        .contains("NotImplementedError: stub_shop.tasks.total runs in Java")
        .contains("rq4j stubs --queue");
  }

  @Test
  void the_modules_are_to_the_liking_of_a_linter_and_formatted(PythonRq python) {
    writeStubs("--queue", "java");
    PythonEnvironment environment =
        PythonEnvironment.builder(PythonInterpreter.find())
            .requirements(RqMatrix.ofThisProject().ruff())
            .prepare();
    for (String[] arguments :
        List.of(
            new String[] {"check", "--isolated", "--no-cache", "--target-version", "py38"},
            new String[] {"format", "--isolated", "--check", "--diff", "--no-cache"})) {
      String[] all = new String[arguments.length + 1];
      System.arraycopy(arguments, 0, all, 0, arguments.length);
      all[arguments.length] = directory.toString();
      CommandResult result = environment.run(Duration.ofMinutes(1), "ruff", all);
      assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isZero();
    }
  }
}
