package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.wire.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The scripts build keys on the server: they must be RQ's, and those that Java builds. */
class ScriptKeysTest {
  private static final List<String> SCRIPTS =
      List.of(
          "abandoned.lua",
          "claim.lua",
          "look.lua",
          "forward.lua",
          "dead_workers.lua",
          "due.lua",
          "quarantine.lua",
          "group.lua",
          "lock.lua",
          "stuck.lua",
          "takeover.lua",
          "unlock.lua",
          "delete_job.lua",
          "execution.lua",
          "follow_up.lua",
          "hand_over.lua",
          "success.lua",
          "again.lua",
          "finish.lua",
          "repeat.lua",
          "fail.lua",
          "retry.lua",
          "stop.lua",
          "requeue.lua",
          "returned_retry.lua",
          "heartbeat.lua",
          "extend.lua",
          "meta.lua",
          "register.lua");
  private static final Pattern KEY = Pattern.compile("'(rq:[^']*)'");

  private static Set<String> keysInScripts() throws IOException {
    Set<String> keys = new TreeSet<>();
    for (String script : SCRIPTS) {
      try (InputStream in =
          Objects.requireNonNull(RqWorker.class.getResourceAsStream(script), script)) {
        Matcher matcher = KEY.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        while (matcher.find()) {
          keys.add(matcher.group(1));
        }
      }
    }
    return keys;
  }

  @Test
  void scripts_use_the_keys_of_rq_and_no_others() throws IOException {
    assertThat(keysInScripts())
        .containsExactlyInAnyOrder(
            "rq:execution:",
            "rq:executions:",
            "rq:failed:",
            "rq:finished:",
            "rq:group:",
            "rq:job:",
            // Two colons: RQ spells the set of a job's dependencies so.
            "rq:job::",
            "rq:queue:",
            "rq:queues",
            "rq:results:",
            "rq:scheduled:",
            "rq:wip:",
            "rq:worker:");
  }

  @Test
  void keys_that_java_builds_as_well_are_spelt_alike() throws IOException {
    assertThat(keysInScripts())
        .contains(Keys.QUEUES, Keys.queue(""), Keys.job(""), Keys.results(""), Keys.worker(""))
        .contains(Keys.failed(""), Keys.finished(""), Keys.scheduled(""), Keys.started(""))
        .contains(Keys.group(""));
    assertThat(Keys.workerExecutions("w")).isEqualTo(Keys.worker("w") + ":executions");
  }
}
