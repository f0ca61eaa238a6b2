package io.github.rq4j.worker;

import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.redis.Script;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.Timestamps;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the slots come to be known to RQ as workers, stay known, and take their leave. */
final class Registration {
  private static final Script REGISTER = Script.load(Registration.class, "register.lua");
  // The RQ whose behaviour is mirrored: what tools show as the worker's version.
  private static final String RQ_VERSION = "3.0.0";
  private static final String UNKNOWN = "unknown";
  private static final Pattern ADDRESS = Pattern.compile("\\baddr=(\\S+)");
  private static final int SECONDS_AFTER_DEATH = 60;

  private final WorkerConfig config;
  private final Instant birth;
  private final String hostname;
  private String address = UNKNOWN;

  Registration(WorkerConfig config) {
    this.config = config;
    this.birth = config.clock().instant();
    this.hostname = localHostname();
  }

  private static String localHostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }

  /** The name of this machine. */
  String hostname() {
    return hostname;
  }

  /**
   * Registers all slots.
   *
   * @throws WorkerNameTakenException if a living worker has one of the names; none is registered
   */
  void register(RedisConnection redis, List<String> names) {
    address = address(redis);
    List<Reply> replies = redis.pipeline(names.stream().map(name -> birth(name, false)).toList());
    List<String> taken = new ArrayList<>();
    List<String> registered = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      (replies.get(i).asLong() == 0 ? taken : registered).add(names.get(i));
    }
    if (!taken.isEmpty()) {
      registered.forEach(name -> die(redis, name));
      throw new WorkerNameTakenException(taken.get(0));
    }
  }

  /** Asks whether the worker's hash is whole: one that expired may have been begun anew. */
  Command isKnown(String name) {
    return Command.of("HEXISTS", Keys.worker(name), "birth");
  }

  /**
   * Registers a worker again whose hash expired while it was cut off; a busy one says so itself.
   */
  List<Command> birthAgain(String name) {
    return List.of(birth(name, true), Command.of("HSETNX", Keys.worker(name), "state", "idle"));
  }

  private Command birth(String name, boolean again) {
    List<String> keys = new ArrayList<>(List.of(Keys.worker(name), Keys.WORKERS));
    config.queues().forEach(queue -> keys.add(Keys.workersOf(queue)));
    Command command = REGISTER.call(keys).add(config.hashTtl()).add(again ? "1" : "0");
    String now = Timestamps.text(config.clock().instant());
    add(command, "birth", Timestamps.text(birth));
    if (!again) {
      add(command, "state", "started");
    }
    add(command, "last_heartbeat", now);
    add(command, "queues", String.join(",", config.queues()));
    add(command, "pid", Long.toString(ProcessHandle.current().pid()));
    add(command, "hostname", hostname);
    add(command, "ip_address", address);
    add(command, "version", RQ_VERSION);
    add(
        command,
        "python_version",
        "Java " + System.getProperty("java.runtime.version") + " (rq4j)");
    return command;
  }

  private static void add(Command command, String field, String value) {
    command.add(field).add(value);
  }

  /** Writes a state into every slot's hash. */
  void setState(RedisConnection redis, List<String> names, String state) {
    List<Command> commands = new ArrayList<>();
    for (String name : names) {
      commands.add(Command.of("HSET", Keys.worker(name), "state", state));
    }
    if (!commands.isEmpty()) {
      redis.pipeline(commands);
    }
  }

  void requestedShutdown(RedisConnection redis, List<String> busy) {
    String now = Timestamps.text(config.clock().instant());
    List<Command> commands = new ArrayList<>();
    for (String name : busy) {
      commands.add(Command.of("HSET", Keys.worker(name), "shutdown_requested_date", now));
    }
    if (!commands.isEmpty()) {
      redis.pipeline(commands);
    }
  }

  void die(RedisConnection redis, String name) {
    String key = Keys.worker(name);
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("SREM", Keys.WORKERS, key));
    config.queues().forEach(queue -> commands.add(Command.of("SREM", Keys.workersOf(queue), key)));
    commands.add(Command.of("HSET", key, "death", Timestamps.text(config.clock().instant())));
    commands.add(Command.of("EXPIRE", key).add(SECONDS_AFTER_DEATH));
    commands.add(Command.of("DEL", Keys.workerExecutions(name)));
    redis.transaction(commands);
  }

  private static String address(RedisConnection redis) {
    try {
      String info = redis.call(Command.of("CLIENT", "INFO")).asText();
      Matcher matcher = ADDRESS.matcher(String.valueOf(info));
      return matcher.find() ? matcher.group(1) : UNKNOWN;
    } catch (RqException e) {
      // Servers before 6.2, and access lists without CLIENT.
      return UNKNOWN;
    }
  }
}
