package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.RqFunction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyRunTest extends OnRedis {
  @TempDir private Path directory;

  /** Functions for the jobs of these tests. */
  public static final class Functions {
    private Functions() {}

    /** Never called. */
    @RqFunction("tasks.add")
    public static long add(long x, long y) {
      throw new AssertionError("nothing may be run: " + x + y);
    }
  }

  private CommandRun verify(String... more) {
    List<String> args = new ArrayList<>(List.of("verify", "--handlers", Functions.class.getName()));
    args.addAll(List.of(more));
    return run(args.toArray(new String[0]));
  }

  private String enqueue(Call call) {
    return client.queue("default").enqueue(call).id();
  }

  @Test
  void jobs_that_fit_are_counted_and_not_run() {
    enqueue(Call.of("tasks.add").args(1, 2));
    enqueue(Call.of("tasks.add").args(1).kwarg("y", 2));

    CommandRun run = verify();

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("2 jobs: 2 fits, 0 unknown, 0 unbindable, 0 unreadable\n");
    assertThat(client.queue("default").size()).isEqualTo(2);
  }

  @Test
  void jobs_that_do_not_fit_are_named_with_the_reason() {
    String few = enqueue(Call.of("tasks.add").args(1));
    String text = enqueue(Call.of("tasks.add").args(1, "two"));
    String foreign = enqueue(Call.of("python.only"));
    call("RPUSH", "rq:queue:default", "odd");
    call("HSET", "rq:job:odd", "data", "rubbish");

    CommandRun run = verify("default");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            few
                + ": tasks.add: unbindable: TypeError: add() missing 1 required positional"
                + " argument: 'y'\n")
        .contains(text + ": tasks.add: unbindable: TypeError: add() argument y: ")
        .contains(foreign + ": python.only: unknown: no function is registered under this name\n")
        .contains("odd: unreadable: job data is no zlib stream")
        .endsWith("4 jobs: 0 fits, 1 unknown, 2 unbindable, 1 unreadable\n");
  }

  @Test
  void jobs_of_python_can_be_ignored() {
    enqueue(Call.of("python.only"));

    CommandRun run = verify("--ignore-unknown");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("1 jobs: 0 fits, 1 unknown, 0 unbindable, 0 unreadable\n");
  }

  @Test
  void payloads_in_files_are_tried_without_redis() throws Exception {
    String id = enqueue(Call.of("tasks.add").args(1, 2));
    byte[] data = Objects.requireNonNull(call("HGET", "rq:job:" + id, "data").asBytes());
    Files.write(directory.resolve("raw"), data);
    Files.writeString(directory.resolve("hex"), HexFormat.of().formatHex(data) + "\n");
    Files.write(directory.resolve("rubbish"), "rubbish".getBytes(StandardCharsets.UTF_8));

    CommandRun run =
        CommandRun.of(
            "verify", "--handlers", Functions.class.getName(), "--payloads", directory.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains(directory.resolve("rubbish") + ": unreadable: ")
        .endsWith("3 jobs: 2 fits, 0 unknown, 0 unbindable, 1 unreadable\n");
  }

  @Test
  void verdicts_are_there_as_json() {
    String id = enqueue(Call.of("tasks.add").args(1, 2));

    assertThat(verify("--json").out())
        .isEqualTo(
            "{\"totals\": {\"fits\": 1, \"unknown\": 0, \"unbindable\": 0, \"unreadable\": 0},"
                + " \"jobs\": [{\"source\": \""
                + id
                + "\", \"function\": \"tasks.add\", \"verdict\": \"FITS\", \"reason\": null}]}\n");
  }

  @Test
  void a_payload_that_is_not_there_is_a_failure() {
    CommandRun run = verify("--payloads", "/no/such");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines()).containsExactly("rq4j verify: there is no file /no/such");
  }
}
