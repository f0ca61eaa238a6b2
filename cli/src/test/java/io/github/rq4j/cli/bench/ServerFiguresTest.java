package io.github.rq4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ServerFiguresTest {
  private final ServerFigures before =
      ServerFigures.parse(
          """
          # Stats\r
          total_commands_processed:100\r
          total_reads_processed:40\r
          executable:/usr/bin/redis:server\r
          \r
          # CPU\r
          used_cpu_sys:1.250000\r
          used_cpu_user:2.500000\r
          # Commandstats\r
          cmdstat_get:calls=10,usec=20,usec_per_call=2.00,rejected_calls=0,failed_calls=0\r
          cmdstat_config|get:calls=1,usec=9,usec_per_call=9.00,rejected_calls=0,failed_calls=0\r
          """);
  private final ServerFigures after =
      ServerFigures.parse(
          """
          total_commands_processed:350\r
          used_cpu_sys:1.5\r
          used_cpu_user:3.0\r
          cmdstat_get:calls=15,usec=50,usec_per_call=3.33\r
          cmdstat_set:calls=2,usec=8,usec_per_call=4.00\r
          cmdstat_config|get:calls=1,usec=9,usec_per_call=9.00\r
          """);

  @Test
  void a_counter_is_found_by_its_name() {
    assertThat(before.number("total_reads_processed")).contains(40.0);
    assertThat(before.values()).containsEntry("executable", "/usr/bin/redis:server");
  }

  @Test
  void a_counter_has_grown_by_the_difference() {
    assertThat(after.since(before, "total_commands_processed")).contains(250.0);
  }

  @Test
  void a_counter_that_this_server_lacks_is_not_known() {
    assertThat(after.since(before, "total_reads_processed")).isEmpty();
  }

  @Test
  void the_processor_time_is_that_of_user_and_system() {
    assertThat(after.cpuSeconds() - before.cpuSeconds()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void only_commands_that_were_called_since_count() {
    assertThat(after.commandsSince(before))
        .containsOnlyKeys("get", "set")
        .containsEntry("get", new ServerFigures.Calls(5, 30))
        .containsEntry("set", new ServerFigures.Calls(2, 8));
  }
}
