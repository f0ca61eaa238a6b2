package io.github.rq4j.interop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.cli.console.Terminal;
import io.github.rq4j.local.CommandResult;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rq4j info} prints what {@code rq info} prints on the same data. */
@WithPythonRq
class InfoBesideRqTest {
  private static final String[] ONE_ROW = {"info", "default"};

  private TestRedis redis;

  @BeforeEach
  void remember(TestRedis testRedis) {
    redis = testRedis;
    redis.flush();
  }

  /** Queues, registries and workers of every kind, with what RQ would clean away among them. */
  private void populate() {
    long now = Instant.now().getEpochSecond();
    fill("default", 7);
    fill("low-priority-queue", 23);
    fill("schlange-ä😀", 1);
    redis.command("SADD", "rq:queues", "rq:queue:empty");
    for (String registry : List.of("finished", "failed", "deferred", "scheduled", "canceled")) {
      String key = "rq:" + registry + ":default";
      redis.command("ZADD", key, String.valueOf(now + 500), "a", String.valueOf(now + 600), "b");
    }
    redis.command("ZADD", "rq:finished:default", String.valueOf(now - 5), "over", "+inf", "kept");
    redis.command("ZADD", "rq:failed:default", String.valueOf(now - 5), "over", "-1", "kept");
    redis.command("ZADD", "rq:wip:default", String.valueOf(now + 500), "job:" + "0".repeat(32));
    worker("busy-1", "busy", "default,low-priority-queue", "3", "1");
    worker("idle-1", "idle", "default", "0", "0");
    worker("away", "suspended", "low-priority-queue,default", "12345", "99");
    worker("new", "started", "schlange-ä😀", "0", "0");
    redis.command("HSET", "rq:worker:bare", "birth", "2026-11-22T03:00:00.000000Z");
    redis.command("SADD", "rq:workers", "rq:worker:bare", "rq:worker:gone");
    redis.command("SADD", "rq:workers:empty", "rq:worker:bare", "rq:worker:gone");
  }

  private void fill(String queue, int jobs) {
    redis.command("SADD", "rq:queues", "rq:queue:" + queue);
    for (int i = 0; i < jobs; i++) {
      redis.command("RPUSH", "rq:queue:" + queue, queue.codePointAt(0) + "-" + i);
    }
  }

  private void worker(String name, String state, String queues, String good, String bad) {
    String key = "rq:worker:" + name;
    redis.command(
        "HSET",
        key,
        "birth",
        "2026-11-22T03:00:00.000000Z",
        "last_heartbeat",
        "2026-11-22T03:00:00.000000Z",
        "queues",
        queues,
        "state",
        state,
        "hostname",
        "vm",
        "ip_address",
        "127.0.0.1:43274",
        "pid",
        "1778",
        "version",
        "3.0.0",
        "successful_job_count",
        good,
        "failed_job_count",
        bad);
    redis.command("SADD", "rq:workers", key);
    for (String queue : queues.split(",", -1)) {
      redis.command("SADD", "rq:workers:" + queue, key);
    }
  }

  /** RQ's order of rows is that of Python's random hashes, and the time goes on. */
  private static List<String> rows(String output) {
    List<String> rows = new ArrayList<>();
    List<String> block = new ArrayList<>();
    for (String line : output.split("\n", -1)) {
      if (line.matches("\\d+ (queues|workers), .*|Updated: .*|")) {
        block.sort(null);
        rows.addAll(block);
        block.clear();
        rows.add(line.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}", "<time>"));
      } else {
        block.add(line);
      }
    }
    block.sort(null);
    rows.addAll(block);
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--raw",
        "-r -Q",
        "-r -W",
        "--only-queues",
        "--only-workers",
        "--by-queue",
        "--raw --by-queue",
        "-W -R",
        "-Q -R",
        "-Q -W",
        "default",
        "nosuch",
        "-R nosuch default",
        "low-priority-queue default",
        "-r empty",
        "-R empty",
        "-W default empty",
        "-i 0",
      })
  void every_variant_is_the_same_line_for_line(String options, PythonRq python) {
    populate();
    String[] args = ("info " + options).strip().split(" ", -1);

    CommandResult theirs = python.rq(args);
    CommandResult ours = new Rq4j(redis).run(args);

    assertThat(rows(ours.stdout())).isEqualTo(rows(theirs.stdout()));
    assertThat(ours.exitCode()).isEqualTo(theirs.exitCode()).isZero();
    assertThat(ours.stderr()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-r", "-R", "-W"})
  void an_empty_database_is_the_same_line_for_line(String options, PythonRq python) {
    String[] args = ("info " + options).strip().split(" ", -1);

    CommandResult theirs = python.rq(args);

    assertThat(rows(new Rq4j(redis).run(args).stdout())).isEqualTo(rows(theirs.stdout()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 19, 20, 21, 50, 51, 199, 400, 1000, 1001})
  void charts_have_the_same_scale(int jobs, PythonRq python) {
    fill("default", 3);
    fill("other", jobs);

    CommandResult theirs = python.rq("info", "default", "other");

    assertThat(rows(new Rq4j(redis).run("info", "default", "other").stdout()))
        .isEqualTo(rows(theirs.stdout()));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 30, 39, 200})
  void charts_fit_into_narrow_terminals(int columns, PythonRq python) {
    fill("default", 17);
    CommandResult theirs =
        python
            .environment()
            .withVariable("RQ_REDIS_URL", redis.uri().toString())
            .withVariable("COLUMNS", String.valueOf(columns))
            .run(Duration.ofMinutes(1), "rq", ONE_ROW);

    Rq4j ours = new Rq4j(redis, new Terminal(false, columns));

    assertThat(rows(ours.run(ONE_ROW).stdout())).isEqualTo(rows(theirs.stdout()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-r", "-R"})
  void colours_of_a_terminal_are_the_same(String options, PythonRq python) throws IOException {
    populate();
    String[] args = ("info " + options).strip().split(" ", -1);
    List<String> command =
        new ArrayList<>(
            List.of(
                python.environment().python().toString(),
                "-c",
                "import pty, sys; pty.spawn(sys.argv[1:])"));
    ProcessBuilder rq = python.rqCommand(args);
    command.addAll(rq.command());
    Process process = rq.command(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String theirs = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    CommandResult ours = new Rq4j(redis, new Terminal(true, 80)).run(args);

    assertThat(rows(ours.stdout())).isEqualTo(rows(theirs.replace("\r\n", "\n")));
  }

  @Test
  void nothing_is_changed_by_looking() {
    populate();

    new Rq4j(redis).run("info");

    assertThat(redis.command("ZCARD", "rq:finished:default")).isEqualTo(4L);
    assertThat(redis.command("SISMEMBER", "rq:workers", "rq:worker:gone")).isEqualTo(1L);
  }
}
