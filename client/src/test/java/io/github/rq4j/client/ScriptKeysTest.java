package io.github.rq4j.client;

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

/** The scripts build keys on the server: they must be those that Java builds, and RQ's. */
class ScriptKeysTest {
  private static final List<String> SCRIPTS =
      List.of(
          "enqueue.lua",
          "dependents.lua",
          "place.lua",
          "new_job.lua",
          "plain_jobs.lua",
          "stored_job.lua",
          "synchronous_end.lua",
          "job.lua",
          "cancel.lua",
          "delete.lua",
          "requeue.lua",
          "abandoned.lua",
          "empty.lua",
          "ready.lua",
          "limit.lua",
          "expire.lua",
          "compact.lua",
          "meta.lua");
  private static final Pattern KEY = Pattern.compile("'(rq:[^']*)'");

  @Test
  void scripts_use_the_keys_of_rq_and_no_others() throws IOException {
    Set<String> keys = new TreeSet<>();
    for (String script : SCRIPTS) {
      try (InputStream in =
          Objects.requireNonNull(RqClient.class.getResourceAsStream(script), script)) {
        Matcher matcher = KEY.matcher(code(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        while (matcher.find()) {
          keys.add(matcher.group(1));
        }
      }
    }
    assertThat(keys)
        .containsExactlyInAnyOrder(
            Keys.QUEUES,
            Keys.RATE_LIMITS,
            Keys.canceled(""),
            Keys.deferred(""),
            "rq:execution:",
            Keys.executions(""),
            Keys.failed(""),
            Keys.finished(""),
            Keys.group(""),
            Keys.GROUPS,
            Keys.job(""),
            // Two colons: RQ spells the set of a job's dependencies so.
            "rq:job::",
            Keys.queue(""),
            // Of all queues, before RQ 1.0.
            Keys.queue("failed"),
            Keys.rateLimit(""),
            Keys.ready(""),
            Keys.results(""),
            Keys.scheduled(""),
            Keys.started(""),
            Keys.worker(""));
    assertThat(Keys.dependencies("j")).isEqualTo("rq:job::j:dependencies");
    assertThat(Keys.dependents("j")).isEqualTo("rq:job:j:dependents");
    assertThat(Keys.execution("j", "x")).isEqualTo("rq:execution:j:x");
  }

  private static String code(String script) {
    return script.replaceAll("(?m)^ *--.*$", "");
  }
}
