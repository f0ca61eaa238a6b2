package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.cli.console.Console;
import io.github.rq4j.client.Call;
import io.github.rq4j.client.RqFunction;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class TailRunTest extends OnRedis {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Functions for the jobs of these tests. */
  public static final class Functions {
    private Functions() {}

    /** Returns. */
    @RqFunction("tasks.good")
    public static long good() {
      return 1;
    }

    /** Fails. */
    @RqFunction("tasks.bad")
    public static void bad() {
      throw new IllegalStateException("out of ink");
    }
  }

  private Thread tail(String... more) {
    out.reset();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Console console = new Console(stream, stream, Map.of("RQ_REDIS_URL", url()));
    String[] args = {"tail", "--interval", "0.05", "--duration", "3"};
    String[] all = new String[args.length + more.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    long before = connections();
    Thread thread = new Thread(() -> Main.run(console, all), "tail");
    thread.start();
    // It has begun to look at the queues when it has a connection and has asked something.
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> connections() > before);
    return thread;
  }

  private long connections() {
    return String.valueOf(call("CLIENT", "LIST").asText())
        .lines()
        .filter(line -> line.contains("cmd=zrevrange") || line.contains("cmd=smembers"))
        .count();
  }

  private List<String> lines(Thread tail) throws InterruptedException {
    tail.join();
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void what_happens_to_jobs_is_shown_in_order() throws Exception {
    client.queue("default").enqueue(Call.of("tasks.old"));
    call("DEL", "rq:queue:default");
    Thread tail = tail();
    String good = client.queue("default").enqueue(Call.of("tasks.good")).id();
    String bad = client.queue("default").enqueue(Call.of("tasks.bad")).id();
    run("worker", "--burst", "--name", "w1", "--handlers", Functions.class.getName());

    List<String> lines = lines(tail);

    assertThat(lines.stream().filter(line -> line.contains(good)))
        .map(line -> line.substring(9))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("default: enqueued  tasks.good() (" + good + ")"),
            line ->
                assertThat(line)
                    .isEqualTo("default: started   tasks.good() (" + good + ") on worker w1"),
            line ->
                assertThat(line)
                    .startsWith("default: finished  tasks.good() (" + good + ") in 0."));
    assertThat(lines.stream().filter(line -> line.contains(bad)))
        .map(line -> line.substring(18, 27).strip())
        .containsExactly("enqueued", "started", "failed");
    assertThat(lines).noneMatch(line -> line.contains("tasks.old"));
    assertThat(lines).anyMatch(line -> line.endsWith("IllegalStateException: out of ink"));
  }

  @Test
  void a_queue_that_is_new_is_watched_from_its_first_job_on() throws Exception {
    Thread tail = tail("--json");
    String id = client.queue("new").enqueue(Call.of("tasks.good")).id();

    assertThat(lines(tail))
        .singleElement()
        .asString()
        .contains("\"queue\": \"new\", \"event\": \"enqueued\", \"job\": \"" + id + "\"");
  }

  @Test
  void an_interval_of_nothing_is_a_misuse() {
    assertThat(run("tail", "--interval", "0").exitCode()).isEqualTo(2);
  }
}
