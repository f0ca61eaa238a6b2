package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DemoUsageTest {

  @Test
  void a_url_of_sentinels_is_a_misuse_as_python_rq_does_not_read_it() {
    CommandRun run = CommandRun.of("demo", "--url", "redis+sentinel://:secret@host/primary");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .first()
        .isEqualTo(
            "rq4j demo: --url: Python RQ does not read URLs of sentinels; name the primary itself");
  }
}
