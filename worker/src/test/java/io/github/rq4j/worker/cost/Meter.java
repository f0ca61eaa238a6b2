package io.github.rq4j.worker.cost;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.testservers.RedisProxy;
import io.github.rq4j.testservers.Traffic;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A Redis server of its own, which counts its commands, behind a proxy, which counts what passes.
 * What is to be measured goes through the proxy, everything else past it.
 */
final class Meter implements AutoCloseable {
  /** What was counted up to a moment. */
  record Reading(long commands, Traffic traffic) {
    Reading since(Reading earlier) {
      return new Reading(commands - earlier.commands, traffic.since(earlier.traffic));
    }

    /** Where a pipeline is more than a packet holds, which the proxy takes for several. */
    Reading inRoundTrips(long number) {
      Traffic seen = traffic;
      return new Reading(
          commands,
          new Traffic(
              seen.connections(),
              seen.requests(),
              number,
              seen.bytesToRedis(),
              seen.bytesFromRedis()));
    }

    Cost per(int units) {
      return Cost.of(commands, traffic, units, 2);
    }

    /** With one digit: a start or an end may have a round trip more than another. */
    Cost about(int units) {
      return Cost.of(commands, traffic, units, 1);
    }
  }

  // What the measurement itself sends; and how often connections are tried depends on how many
  // happen to be open.
  private static final Set<String> UNCOUNTED = Set.of("info", "rpoplpush", "ping");
  private static final int PING_BYTES = "*1\r\n$4\r\nPING\r\n".length();
  private static final int PONG_BYTES = "+PONG\r\n".length();
  private static final Pattern STATISTIC = Pattern.compile("cmdstat_([^:]+):calls=(\\d+),");
  private static final Pattern BLOCKED = Pattern.compile("blocked_clients:(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LocalRedis redis = LocalRedis.start();
  private final RedisProxy proxy = RedisProxy.to(redis.uri());
  private final RedisServer server = new RedisServer(RedisSettings.parse(direct()));
  final RqClient client = RqClient.connect(direct());

  /** The address past the proxy. */
  String direct() {
    return redis.uri().toString();
  }

  /** The address through the proxy. */
  String measured() {
    return proxy.uri().toString();
  }

  Reply call(String command, String... arguments) {
    return server.with(connection -> connection.call(Command.of(command, arguments))).orThrow();
  }

  private String info(String section) {
    return String.valueOf(call("INFO", section).asText());
  }

  Reading read() {
    long commands = 0;
    Matcher matcher = STATISTIC.matcher(info("commandstats"));
    while (matcher.find()) {
      if (!UNCOUNTED.contains(matcher.group(1))) {
        commands += Long.parseLong(matcher.group(2));
      }
    }
    return new Reading(commands, withoutPings(proxy.traffic(), proxy.count("PING")));
  }

  private static Traffic withoutPings(Traffic all, long pings) {
    return new Traffic(
        all.connections(),
        all.requests() - pings,
        all.roundTrips() - pings,
        all.bytesToRedis() - PING_BYTES * pings,
        all.bytesFromRedis() - PONG_BYTES * pings);
  }

  /** Waits until so many connections wait in Redis for something to come. */
  void awaitBlocked(int connections) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              Matcher matcher = BLOCKED.matcher(info("clients"));
              return matcher.find() && Integer.parseInt(matcher.group(1)) == connections;
            });
  }

  /**
   * Waits until nothing passes any more: a worker begins with maintenance, which takes a moment.
   */
  void awaitQuiet() {
    AtomicReference<Reading> last = new AtomicReference<>(read());
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              Reading now = read();
              return now.equals(last.getAndSet(now));
            });
  }

  @Override
  public void close() {
    client.close();
    server.close();
    proxy.close();
    redis.close();
  }
}
