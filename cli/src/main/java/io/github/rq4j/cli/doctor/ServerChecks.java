package io.github.rq4j.cli.doctor;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at the server itself: version, role, memory, persistence, clock. */
final class ServerChecks {
  private static final int OLDEST_MAJOR = 5;
  private static final Duration LARGEST_SKEW = Duration.ofSeconds(2);

  private final RedisServer server;
  private final Clock clock;
  private final Map<String, String> info = new HashMap<>();

  ServerChecks(RedisServer server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    try {
      read();
      findings.add(version());
      findings.add(role());
      findings.add(eviction());
      findings.add(persistence());
    } catch (RedisCommandException e) {
      findings.add(
          Finding.note(
              "server",
              "INFO is refused: " + e.getMessage(),
              "version, eviction and persistence were not looked at; allow the user +info, or ask"
                  + " who runs the server"));
    }
    findings.add(clockSkew());
    return findings;
  }

  private void read() {
    String text = server.with(connection -> connection.call(Command.of("INFO"))).asText();
    for (String line : String.valueOf(text).lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        info.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
  }

  private String info(String name) {
    return info.getOrDefault(name, "");
  }

  private Finding version() {
    String version = info("redis_version");
    boolean isOther = info.containsKey("valkey_version");
    String name = isOther ? "Valkey " + info("valkey_version") : "Redis " + version;
    try {
      int major = Integer.parseInt(version.substring(0, Math.max(0, version.indexOf('.'))));
      if (!isOther && major < OLDEST_MAJOR) {
        return Finding.problem(
            "server", name + " is too old", "use Redis " + OLDEST_MAJOR + " or newer");
      }
      return Finding.ok("server", name);
    } catch (NumberFormatException e) {
      return Finding.note(
          "server", "unknown version '" + version + "'", "Redis 5 or newer is needed");
    }
  }

  private Finding role() {
    if (info("cluster_enabled").equals("1")) {
      return Finding.problem(
          "role",
          "the server belongs to a cluster",
          "RQ's keys lie in many slots: use a server that is none of a cluster");
    }
    return info("role").equals("master")
        ? Finding.ok("role", "primary, with " + info("connected_slaves") + " replicas")
        : Finding.problem(
            "role",
            "the server is a replica",
            "point --url to the primary, or to the sentinels that know it");
  }

  private Finding eviction() {
    String policy = info("maxmemory_policy");
    boolean isLimited = !info("maxmemory").isEmpty() && !info("maxmemory").equals("0");
    String text = policy + (isLimited ? ", at " + info("maxmemory_human") : ", no memory limit");
    if (policy.isEmpty() || policy.equals("noeviction")) {
      return Finding.ok("eviction", text);
    }
    String advice =
        "Redis deletes keys when its memory is full, jobs and registries among them: CONFIG SET"
            + " maxmemory-policy noeviction";
    return isLimited
        ? Finding.problem("eviction", text, advice)
        : Finding.note("eviction", text, "before a limit is set: " + advice);
  }

  private Finding persistence() {
    boolean appends = info("aof_enabled").equals("1");
    if (info("rdb_last_bgsave_status").equals("err")
        || info("aof_last_write_status").equals("err")) {
      return Finding.problem(
          "persistence",
          "the last save failed",
          "look into the server's log; Redis refuses writes while saves fail");
    }
    if (appends) {
      return Finding.ok("persistence", "append only file");
    }
    String schedule = savePoints();
    return schedule.isEmpty()
        ? Finding.warning(
            "persistence",
            "nothing is saved to disk",
            "a restart loses all jobs: CONFIG SET appendonly yes, if that matters")
        : Finding.note(
            "persistence",
            "snapshots" + schedule,
            "a crash loses what came after the last one; appendonly yes loses a second at most");
  }

  /** When snapshots are made, as far as the user may ask. */
  private String savePoints() {
    try {
      List<Reply> save =
          server.with(connection -> connection.call(Command.of("CONFIG", "GET", "save"))).asList();
      String points = save.size() == 2 ? String.valueOf(save.get(1).asText()) : "";
      return points.isEmpty() ? "" : " (save " + points + ")";
    } catch (RedisCommandException e) {
      return " (CONFIG is refused)";
    }
  }

  private Finding clockSkew() {
    Instant before = clock.instant();
    List<String> time = server.with(connection -> connection.call(Command.of("TIME"))).asTexts();
    Instant after = clock.instant();
    Instant there =
        Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1_000);
    Duration skew =
        there.isBefore(before)
            ? Duration.between(there, before)
            : there.isAfter(after) ? Duration.between(after, there) : Duration.ZERO;
    String text = "%.1f seconds apart from this machine's".formatted(skew.toMillis() / 1e3);
    return skew.compareTo(LARGEST_SKEW) <= 0
        ? Finding.ok("clock", text)
        : Finding.warning(
            "clock",
            text,
            "RQ compares times of different machines: let all of them follow NTP, or jobs are"
                + " taken for abandoned, or scheduled too early or late");
  }
}
