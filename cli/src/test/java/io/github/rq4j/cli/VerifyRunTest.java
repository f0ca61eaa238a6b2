package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.RqFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private String recorded(Call call) {
    byte[] data = Objects.requireNonNull(call("HGET", "rq:job:" + enqueue(call), "data").asBytes());
    return "{\"call\": \"tasks.add(...)\", \"data\": \"%s\"}\n"
        .formatted(Base64.getEncoder().encodeToString(data));
  }

  private CommandRun verifyRecording(String lines) throws IOException {
    Path file = Files.writeString(directory.resolve("shop.samples.jsonl"), lines);
    return CommandRun.of(
        "verify", "--handlers", Functions.class.getName(), "--payloads", file.toString());
  }

  @Test
  void each_call_of_a_recording_is_tried() throws Exception {
    CommandRun run =
        verifyRecording(
            recorded(Call.of("tasks.add").args(1, 2)) + recorded(Call.of("tasks.add").args(1)));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("shop.samples.jsonl:2: tasks.add: unbindable: TypeError: ")
        .endsWith("2 jobs: 1 fits, 0 unknown, 1 unbindable, 0 unreadable\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"call\": \"f()\"} | there is no object with the text 'data'",
        "[] | there is no object with the text 'data'",
        "{\"data\": \"????\"} | Illegal base64 character",
        "no JSON | ",
      })
  void a_recording_that_is_not_understood_is_named_with_the_line(String line, String why)
      throws Exception {
    CommandRun run = verifyRecording(recorded(Call.of("tasks.add").args(1, 2)) + line + "\n");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .contains("shop.samples.jsonl:2 is no recorded call: ", why == null ? "" : why);
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
