package io.github.rq4j.cli.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a Redis server tells of itself by {@code INFO}: counters since its start. Immutable.
 *
 * @param values the lines by their names
 */
record ServerFigures(Map<String, String> values) {
  private static final String COMMAND = "cmdstat_";

  ServerFigures {
    values = Map.copyOf(values);
  }

  /** Reads the reply to one or more {@code INFO}. */
  static ServerFigures parse(String info) {
    Map<String, String> values = new HashMap<>();
    info.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1));
              }
            });
    return new ServerFigures(values);
  }

  /** A number by its name; empty where this server has no such line. */
  Optional<Double> number(String name) {
    return Optional.ofNullable(values.get(name)).map(Double::parseDouble);
  }

  /** Processor seconds of the server so far. */
  double cpuSeconds() {
    return number("used_cpu_user").orElse(0.0) + number("used_cpu_sys").orElse(0.0);
  }

  /**
   * Calls of one command and the microseconds that they took.
   *
   * @param calls how often
   * @param microseconds in sum; those of a script include the commands that it calls
   */
  record Calls(double calls, double microseconds) {}

  /** What the commands took, by their names; commands that scripts call are counted, too. */
  Map<String, Calls> commands() {
    Map<String, Calls> commands = new TreeMap<>();
    values.forEach(
        (name, line) -> {
          if (name.startsWith(COMMAND)) {
            commands.put(
                name.substring(COMMAND.length()),
                new Calls(part(line, "calls"), part(line, "usec")));
          }
        });
    return commands;
  }

  private static double part(String line, String name) {
    for (String part : line.split(",", -1)) {
      if (part.startsWith(name + "=")) {
        return Double.parseDouble(part.substring(name.length() + 1));
      }
    }
    return 0;
  }

  /** What the commands took since an earlier look, without those that were not called. */
  Map<String, Calls> commandsSince(ServerFigures earlier) {
    Map<String, Calls> before = earlier.commands();
    Map<String, Calls> since = new TreeMap<>();
    commands()
        .forEach(
            (name, now) -> {
              Calls then = before.getOrDefault(name, new Calls(0, 0));
              if (now.calls() > then.calls()) {
                since.put(
                    name,
                    new Calls(
                        now.calls() - then.calls(), now.microseconds() - then.microseconds()));
              }
            });
    return since;
  }

  /** How much a counter has grown; empty where this server does not have it. */
  Optional<Double> since(ServerFigures earlier, String counter) {
    return number(counter).map(now -> now - earlier.number(counter).orElse(0.0));
  }
}
