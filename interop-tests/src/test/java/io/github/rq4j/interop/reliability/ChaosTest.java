package io.github.rq4j.interop.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.Fault;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.RedisRequest;
import io.github.rq4j.testservers.RqMatrix;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worker processes are killed at random while jobs flow, and connections are cut inside claims and
 * outcomes. {@code rq4j.chaos.seconds} says for how long, for each number of queues.
 */
class ChaosTest {
  private static final Logger log = LoggerFactory.getLogger(ChaosTest.class);
  private static final Duration DURATION =
      Duration.ofSeconds(Integer.getInteger("rq4j.chaos.seconds", 15));
  private static final Set<String> CLAIMS_AND_OUTCOMES = Set.of("claim", "finish", "fail", "retry");

  private static Chaos.Plan plan(int queues) {
    return new Chaos.Plan(queues, 3, DURATION, Duration.ofSeconds(4), 300);
  }

  private static Fault chance(RedisRequest request, AtomicInteger cuts) {
    if (!CLAIMS_AND_OUTCOMES.contains(request.name())
        || ThreadLocalRandom.current().nextInt(100) > 0) {
      return Fault.NONE;
    }
    cuts.incrementAndGet();
    return ThreadLocalRandom.current().nextBoolean() ? Fault.CUT_BEFORE : Fault.CUT_AFTER;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void no_job_is_lost_or_run_twice_without_a_crash_however_workers_die(int queues)
      throws Exception {
    try (Scene scene = new Scene()) {
      AtomicInteger cuts = new AtomicInteger();
      scene.proxy.each(request -> chance(request, cuts));
      Crew crew = Crew.ours(scene.proxy.uri(), scene.ledgerUri(), 4, scene::workBurstUnchecked);
      Chaos.Outcome outcome = new Chaos(plan(queues), crew, scene.client, scene.redis).run();
      Map<ChaosAudit.Verdict, List<String>> verdicts = ChaosAudit.of(outcome, scene);
      report("rq4j", outcome, cuts.get(), verdicts);
      assertThat(verdicts)
          .as("what became of the jobs")
          .containsKey(ChaosAudit.Verdict.FINISHED)
          .doesNotContainKeys(
              ChaosAudit.Verdict.LOST,
              ChaosAudit.Verdict.STUCK,
              ChaosAudit.Verdict.CONTRADICTORY,
              ChaosAudit.Verdict.RUN_TOO_OFTEN,
              ChaosAudit.Verdict.WRONGLY_RETRIED);
      assertThat(ChaosAudit.leftKeys(scene)).isEmpty();
      assertThat(outcome.kills()).isPositive();
    }
  }

  /** Only shows RQ's numbers: nothing is asserted of another project's worker. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  @EnabledIfSystemProperty(named = "rq4j.chaos.python", matches = "true")
  void the_numbers_of_rq_are_told(int queues) throws Exception {
    try (Scene scene = new Scene();
        PythonRq python = PythonRq.start(RqMatrix.ofThisProject().newest(), scene.server.uri())) {
      Crew crew = Crew.python(python, scene.ledgerUri());
      Chaos.Outcome outcome = new Chaos(plan(queues), crew, scene.client, scene.redis).run();
      Map<ChaosAudit.Verdict, List<String>> verdicts = ChaosAudit.of(outcome, scene);
      report("rq", outcome, 0, verdicts);
      assertThat(outcome.kills()).isPositive();
    }
  }

  private static void report(
      String who, Chaos.Outcome outcome, int cuts, Map<ChaosAudit.Verdict, List<String>> verdicts) {
    StringBuilder line = new StringBuilder(who);
    line.append(": ").append(outcome.queues().size()).append(" queues, ");
    line.append(outcome.jobs().size()).append(" jobs, ").append(outcome.kills()).append(" kills, ");
    line.append(cuts).append(" cuts");
    verdicts.forEach(
        (verdict, ids) -> line.append(", ").append(verdict).append(' ').append(ids.size()));
    log.info("{}", line);
    for (ChaosAudit.Verdict bad : ChaosAudit.Verdict.values()) {
      if (bad.compareTo(ChaosAudit.Verdict.STUCK) > 0 && verdicts.containsKey(bad)) {
        log.info("{}: {}", bad, verdicts.get(bad).stream().limit(20).toList());
      }
    }
  }
}
