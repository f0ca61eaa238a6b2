package io.github.rq4j.cli.doctor;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSubscription;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for what clients and workers need to be allowed, without doing any of it: Redis checks a
 * command when it enters a transaction, and the transaction is discarded.
 */
final class PermissionChecks {
  private static final String PROBE = "rq4j-doctor";

  private final RedisServer server;

  PermissionChecks(RedisServer server) {
    this.server = server;
  }

  List<Finding> run() {
    List<Command> commands = commands();
    List<Command> discarded = new ArrayList<>();
    discarded.add(Command.of("MULTI"));
    discarded.addAll(commands);
    discarded.add(Command.of("DISCARD"));
    List<Reply> replies = server.with(connection -> connection.pipeline(discarded));
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      if (replies.get(i + 1).value() instanceof RedisCommandException refused) {
        findings.add(refused(refused));
      }
    }
    checkSubscription(findings);
    return findings.isEmpty()
        ? List.of(Finding.ok("permissions", "all that clients and workers do is allowed"))
        : findings;
  }

  private static List<Command> commands() {
    String job = Keys.job(PROBE);
    String queue = Keys.queue(PROBE);
    String registry = Keys.started(PROBE);
    return List.of(
        Command.of("EVAL", "return 1", "0"),
        Command.of("SADD", Keys.QUEUES, queue),
        Command.of("HSET", job, "status", "queued"),
        Command.of("HGETALL", job),
        Command.of("EXPIRE", job, "1"),
        Command.of("PERSIST", job),
        Command.of("DEL", job),
        Command.of("RPUSH", queue, PROBE),
        Command.of("LPOP", queue),
        Command.of("LREM", queue, "1", PROBE),
        Command.of("LRANGE", queue, "0", "0"),
        Command.of("LMOVE", queue, Keys.intermediate(PROBE), "RIGHT", "LEFT"),
        Command.of("ZADD", registry, "1", PROBE),
        Command.of("ZRANGEBYSCORE", registry, "0", "1"),
        Command.of("ZREM", registry, PROBE),
        Command.of("XADD", Keys.results(PROBE), "*", "type", "1"),
        Command.of("SET", Keys.maintenanceLock(PROBE), "1", "NX", "EX", "1"),
        Command.of("SMEMBERS", Keys.WORKERS),
        Command.of("PUBLISH", Keys.commands(PROBE), "{}"));
  }

  private static Finding refused(RedisCommandException refused) {
    String advice =
        refused.hasCode("NOPERM")
            ? "allow it: ACL SETUSER ... ~rq:* &rq:* +@all -@admin"
            : refused.hasCode("OOM")
                ? "the server's memory is full: raise maxmemory, or shorten result_ttl"
                : "look at what the server says";
    return Finding.problem("permissions", String.valueOf(refused.getMessage()), advice);
  }

  private void checkSubscription(List<Finding> findings) {
    try (RedisSubscription subscription =
        server.subscribe(List.of(Keys.commands(PROBE)), Duration.ofSeconds(1))) {
      subscription.ping();
    } catch (RedisCommandException refused) {
      findings.add(refused(refused));
    } catch (RqException e) {
      findings.add(
          Finding.problem(
              "permissions",
              "no subscription is possible: " + e.getMessage(),
              "workers receive commands by subscription"));
    }
  }
}
