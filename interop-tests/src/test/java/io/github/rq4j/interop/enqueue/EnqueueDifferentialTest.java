package io.github.rq4j.interop.enqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.interop.keyspace.Difference;
import io.github.rq4j.interop.keyspace.Keyspace;
import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.util.ArrayList;
import java.util.List;

/** The same enqueuing in Python and in Java leaves the same keys, apart from times. */
@WithPythonRq
class EnqueueDifferentialTest {

  @EveryRqRelease
  void options_are_stored_as_rq_stores_them(PythonRq python, TestRedis redis) {
    assertThat(differences(EnqueueScenarios.PLAIN_OPTIONS, python, redis)).isEmpty();
  }

  @EveryRqRelease
  void jobs_that_wait_are_filed_as_rq_files_them(PythonRq python, TestRedis redis) {
    assertThat(differences(EnqueueScenarios.CONDITIONS, python, redis)).isEmpty();
  }

  @EveryRqRelease
  void every_way_to_enqueue_leaves_what_rq_leaves(PythonRq python, TestRedis redis) {
    assertThat(differences(EnqueueScenarios.WAYS, python, redis)).isEmpty();
  }

  @EveryRqRelease
  void a_synchronous_queue_leaves_what_rq_leaves(PythonRq python, TestRedis redis) {
    assertThat(differences(EnqueueScenarios.SYNCHRONOUS, python, redis)).isEmpty();
  }

  private static List<String> differences(
      List<EnqueueScenario> scenarios, PythonRq python, TestRedis redis) {
    List<String> differences = new ArrayList<>();
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      for (EnqueueScenario scenario : scenarios) {
        if (scenario.isOf(python)) {
          redis.flush();
          scenario.prepare(python);
          scenario.inPython(python);
          Keyspace theirs = Keyspace.of(redis);
          redis.flush();
          scenario.prepare(python);
          scenario.inJava(client);
          theirs.differences(Keyspace.of(redis)).stream()
              .filter(difference -> !mayDiffer(python, difference) && !isForOldClients(difference))
              .forEach(difference -> differences.add(scenario.name() + ": " + difference));
        }
      }
    }
    redis.flush();
    return differences;
  }

  /** Empty moments are left out, and results are in the hash, too: docs/differences.md. */
  private static boolean isForOldClients(Difference difference) {
    String place = difference.place();
    boolean added = difference.theirs().equals("<absent>");
    return difference.isLeftOutMoment()
        || (added && (place.endsWith(" result") || place.endsWith(" exc_info")));
  }

  /** What this release stores otherwise than 3.0, whose form is written, and names of types. */
  private static boolean mayDiffer(PythonRq python, Difference difference) {
    // The score is that of RQ 2.0 to 2.7: the only one that no release takes for an expiry.
    boolean isDeferred = difference.place().startsWith("rq:deferred:");
    return switch (python.release().version()) {
      case "1.16.2" -> isDeferred || difference.place().endsWith(" group_id");
      case "2.0.0" -> false;
      // The traceback is Java's.
      default -> isDeferred || difference.place().endsWith(" exc_string");
    };
  }
}
