package io.github.rq4j.interop.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.interop.keyspace.Difference;
import io.github.rq4j.interop.keyspace.Keyspace;
import io.github.rq4j.local.CommandResult;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.ProcessIsolation;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Runs each scenario with {@code rq worker} and with ours, in threads and in work horses, and
 * compares what they leave.
 */
@Isolated("channels belong to the server, not to a database")
@WithPythonRq
@TestInstance(Lifecycle.PER_CLASS)
class DifferentialTest {
  private final Set<KnownDifference> met = EnumSet.noneOf(KnownDifference.class);

  @TestFactory
  Stream<DynamicTest> our_worker_leaves_what_rq_leaves(PythonRq python, TestRedis redis) {
    return comparisons(Variant.PICKLE_ON_ONE_QUEUE, python, redis);
  }

  @TestFactory
  Stream<DynamicTest> our_worker_leaves_what_rq_leaves_of_json_on_two_queues(
      PythonRq python, TestRedis redis) {
    return comparisons(Variant.JSON_ON_TWO_QUEUES, python, redis);
  }

  private Stream<DynamicTest> comparisons(Variant variant, PythonRq python, TestRedis redis) {
    return Scenarios.ALL.stream()
        .filter(scenario -> scenario.has(variant))
        .map(
            scenario ->
                DynamicTest.dynamicTest(
                    scenario.name(), () -> compare(scenario, variant, python, redis)));
  }

  @AfterAll
  void every_known_difference_was_met() {
    assertThat(met).containsExactlyInAnyOrder(KnownDifference.values());
  }

  private void compare(Scenario scenario, Variant variant, PythonRq python, TestRedis redis)
      throws InterruptedException {
    redis.flush();
    Instant begun = Instant.now();
    scenario.prepare(variant, python);
    workInPython(scenario.options(variant), python);
    Keyspace theirs = Keyspace.of(redis, begun);
    if (scenario.canRunInThreads()) {
      compare(scenario, variant, theirs, Optional.empty(), python, redis);
    }
    // Horses get the same bytes whatever they are; starting them takes time.
    if (variant == Variant.PICKLE_ON_ONE_QUEUE || !scenario.canRunInThreads()) {
      ProcessIsolation horses = TwinTasks.horses(redis, scenario.serializer(variant));
      compare(scenario, variant, theirs, Optional.of(horses), python, redis);
    }
  }

  private void compare(
      Scenario scenario,
      Variant variant,
      Keyspace theirs,
      Optional<ProcessIsolation> isolation,
      PythonRq python,
      TestRedis redis)
      throws InterruptedException {
    redis.flush();
    Instant begun = Instant.now();
    scenario.prepare(variant, python);
    workInJava(scenario, variant, isolation, redis);
    Keyspace ours = Keyspace.of(redis, begun);
    assertThat(theirs.differences(ours))
        .as(scenario.name() + (isolation.isPresent() ? ", in work horses" : ", in threads"))
        .filteredOn(difference -> !isKnown(difference))
        .isEmpty();
  }

  private static void workInPython(List<String> options, PythonRq python) {
    List<String> command = new ArrayList<>(List.of("worker", "--burst", "--name", "w"));
    command.addAll(options);
    CommandResult result = python.rq(command.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.toString()).isZero();
  }

  private static void workInJava(
      Scenario scenario, Variant variant, Optional<ProcessIsolation> isolation, TestRedis redis)
      throws InterruptedException {
    RqWorkerBuilder builder =
        RqWorker.builder(redis.uri().toString(), TwinTasks.handlers(redis)).name("w").burst(true);
    isolation.ifPresent(builder::isolation);
    try (RqWorker worker = scenario.configure(variant, builder).build()) {
      worker.runUntilShutdown();
    }
  }

  private boolean isKnown(Difference difference) {
    for (KnownDifference known : KnownDifference.values()) {
      if (known.covers(difference)) {
        met.add(known);
        return true;
      }
    }
    return false;
  }

  @Test
  void the_documentation_lists_every_known_difference() throws IOException {
    assertThat(Files.readAllLines(Path.of("..", "docs", "differences.md")))
        .containsAll(Stream.of(KnownDifference.values()).map(KnownDifference::row).toList());
  }
}
