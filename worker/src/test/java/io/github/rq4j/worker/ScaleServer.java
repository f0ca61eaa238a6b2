package io.github.rq4j.worker;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.local.LocalRedis;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Redis server of its own with a lot in it, and how hard it worked. */
final class ScaleServer implements AutoCloseable {
  /**
   * What the server did.
   *
   * @param commands how many, those inside scripts included
   * @param micros the processor time that it took, which does not grow where others use the machine
   */
  record Work(long commands, long micros) {
    private Work minus(Work earlier) {
      return new Work(commands - earlier.commands, micros - earlier.micros);
    }
  }

  /** Something to be measured. */
  interface Step {
    void run() throws InterruptedException;
  }

  private static final Pattern CALLS = Pattern.compile("cmdstat_[^:]+:calls=(\\d+)");
  private static final Pattern PROCESSOR = Pattern.compile("used_cpu_(?:sys|user):([0-9.]+)");
  private static final long NOTABLE_MICROS = 1000;
  private static final int PORTION = 10_000;

  private final LocalRedis local =
      LocalRedis.builder().arguments("--slowlog-max-len", "1000").start();
  final RedisServer server = new RedisServer(RedisSettings.parse(url()));
  final RqClient client = RqClient.connect(url());

  String url() {
    return local.uri().toString();
  }

  Reply call(String name, String... arguments) {
    return server.with(redis -> redis.call(Command.of(name, arguments))).orThrow();
  }

  /**
   * Runs a piece of Lua for each number from 1 to some, in portions that the connection's timeout
   * allows for; it knows the number as {@code i}.
   */
  void fill(int number, String lua) {
    for (int i = 1; i <= number; i += PORTION) {
      int last = Math.min(number, i + PORTION - 1);
      call("EVAL", "for i = " + i + ", " + last + " do " + lua + " end return 1", "0");
    }
  }

  /** What the server does for a step. */
  Work workOf(Step step) throws InterruptedException {
    call("CONFIG", "SET", "slowlog-log-slower-than", Long.toString(NOTABLE_MICROS));
    call("SLOWLOG", "RESET");
    Work before = work();
    step.run();
    return work().minus(before);
  }

  private Work work() {
    return new Work((long) sum(CALLS, "commandstats"), (long) (sum(PROCESSOR, "cpu") * 1_000_000));
  }

  private double sum(Pattern number, String section) {
    Matcher matcher = number.matcher(String.valueOf(call("INFO", section).asText()));
    return matcher.results().mapToDouble(found -> Double.parseDouble(found.group(1))).sum();
  }

  /** The longest of the latest notable commands and scripts of the step that was measured last. */
  Duration longestStep() {
    return Duration.ofNanos(
        1000
            * call("SLOWLOG", "GET", "1000").asList().stream()
                .mapToLong(entry -> entry.asList().get(2).asLong())
                .max()
                .orElse(NOTABLE_MICROS));
  }

  @Override
  public void close() {
    client.close();
    server.close();
    local.close();
  }
}
