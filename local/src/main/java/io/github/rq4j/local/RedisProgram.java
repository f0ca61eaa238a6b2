package io.github.rq4j.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server program that answered to {@code --version} on this machine.
 *
 * @param description for people, such as {@code redis-server 7.0.15 on PATH
 *     (/usr/bin/redis-server)}
 */
record RedisProgram(Path executable, String version, String description) {

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);
  private static final Pattern VERSION = Pattern.compile("\\bv=([0-9][0-9A-Za-z.\\-]*)");

  /**
   * The first program of the given sources that runs here.
   *
   * @param named the only program to try, whatever the sources; null if none is named
   * @throws RedisUnavailableException if none does
   */
  static RedisProgram find(
      @Nullable Path named, List<RedisSource> sources, SearchPath path, Path cache) {
    if (named != null) {
      return named(named);
    }
    List<String> failures = new ArrayList<>();
    for (RedisSource source : sources) {
      List<Candidate> candidates =
          switch (source) {
            case BUNDLED -> bundled(cache, failures);
            case PATH -> onPath(path, failures);
          };
      for (Candidate candidate : candidates) {
        try {
          return candidate.probe();
        } catch (LocalToolException e) {
          failures.add(e.getMessage());
        }
      }
    }
    throw new RedisUnavailableException(
        "no Redis server can be run here; tried: "
            + String.join("; ", failures)
            + ". Install one (Debian and Ubuntu: apt-get install redis-server; macOS: brew install"
            + " redis) or give the URL of a running one");
  }

  private static RedisProgram named(Path program) {
    try {
      return new Candidate(program, program.getFileName() + " %s as told (" + program + ")")
          .probe();
    } catch (LocalToolException e) {
      throw new RedisUnavailableException(
          "the Redis server that was named (rq4j.redis.program or RQ4J_REDIS_PROGRAM) cannot be run: "
              + e.getMessage(),
          e);
    }
  }

  private static List<Candidate> bundled(Path cache, List<String> failures) {
    List<Candidate> candidates = new ArrayList<>();
    List<BundledRedis> bundled = BundledRedis.forThisMachine();
    if (bundled.isEmpty()) {
      failures.add("the embedded-redis artifact has no binary for " + BundledRedis.thisMachine());
    }
    for (BundledRedis binary : bundled) {
      try {
        candidates.add(new Candidate(binary.unpack(cache), "embedded redis-server %s"));
      } catch (LocalToolException e) {
        failures.add(e.getMessage());
      }
    }
    return candidates;
  }

  private static List<Candidate> onPath(SearchPath path, List<String> failures) {
    List<Candidate> candidates =
        Stream.of("redis-server", "valkey-server")
            .flatMap(name -> path.find(name).stream())
            .map(file -> new Candidate(file, file.getFileName() + " %s on PATH (" + file + ")"))
            .toList();
    if (candidates.isEmpty()) {
      failures.add("neither redis-server nor valkey-server is on PATH");
    }
    return candidates;
  }

  private record Candidate(Path executable, String description) {

    RedisProgram probe() {
      CommandResult result =
          BoundedCommand.run(new ProcessBuilder(executable.toString(), "--version"), PROBE_LIMIT);
      Matcher version = VERSION.matcher(result.stdout());
      if (!result.succeeded() || !version.find()) {
        throw new RedisUnavailableException(
            executable
                + " does not run here (exit code "
                + result.exitCode()
                + "): "
                + BoundedCommand.tail(result.stdout() + result.stderr()).strip());
      }
      String number = version.group(1);
      return new RedisProgram(executable, number, description.formatted(number));
    }
  }
}
