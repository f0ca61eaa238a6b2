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

/** The client's scripts build keys on the server: they must be RQ's. */
class EnqueueScriptKeysTest {
  private static final Pattern KEY = Pattern.compile("'(rq:[^']*)'");

  @Test
  void scripts_use_the_keys_of_rq_and_no_others() throws IOException {
    Set<String> keys = new TreeSet<>();
    for (String script :
        List.of(
            "place.lua",
            "new_job.lua",
            "plain_jobs.lua",
            "stored_job.lua",
            "synchronous_end.lua")) {
      try (InputStream in =
          Objects.requireNonNull(Queue.class.getResourceAsStream(script), script)) {
        Matcher matcher = KEY.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        while (matcher.find()) {
          keys.add(matcher.group(1));
        }
      }
    }
    assertThat(keys)
        .containsExactlyInAnyOrder(
            "rq:deferred:",
            "rq:failed:",
            "rq:finished:",
            "rq:group:",
            "rq:groups",
            Keys.job(""),
            // Two colons: RQ spells the set of a job's dependencies so.
            "rq:job::",
            Keys.queue(""),
            Keys.QUEUES,
            Keys.results(""),
            "rq:rl-keys",
            "rq:rl:",
            "rq:scheduled:");
  }
}
