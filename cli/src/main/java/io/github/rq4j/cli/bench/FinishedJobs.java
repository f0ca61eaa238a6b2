package io.github.rq4j.cli.bench;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How far a workload is, as the server knows. One thread. */
final class FinishedJobs implements AutoCloseable {
  private final RedisServer server;
  private final RedisConnection connection;
  private final List<String> queues;
  private final Map<String, Long> ownCommands = new TreeMap<>();
  private long ownReads;

  FinishedJobs(String redis, List<String> queues) {
    this.server = new RedisServer(RedisSettings.parse(redis));
    this.connection = server.open();
    this.queues = queues;
  }

  /**
   * The server at one moment.
   *
   * @param nanos when, by {@link System#nanoTime}
   * @param finished how many jobs had finished
   * @param failed how many had failed
   * @param server its counters
   * @param ownCommands how many of its commands until then came from here, by their names
   * @param ownReads how many of its reads until then came from here
   */
  record Moment(
      long nanos,
      long finished,
      long failed,
      ServerFigures server,
      Map<String, Long> ownCommands,
      long ownReads) {}

  /** How many jobs have finished. */
  long count() {
    return sum(ask(questions(List.of("finished"))), 0, queues.size());
  }

  /** Jobs and counters, all of one moment. */
  Moment look() {
    List<List<String>> questions = new ArrayList<>(List.of(List.of("MULTI")));
    questions.addAll(questions(List.of("finished", "failed")));
    questions.add(List.of("INFO", "everything"));
    questions.add(List.of("EXEC"));
    List<Reply> all = ask(questions);
    List<Reply> replies = all.get(all.size() - 1).asList();
    int size = queues.size();
    return new Moment(
        System.nanoTime(),
        sum(replies, 0, size),
        sum(replies, size, 2 * size),
        ServerFigures.parse(String.valueOf(replies.get(2 * size).asText())),
        Map.copyOf(ownCommands),
        ownReads);
  }

  private List<Reply> ask(List<List<String>> questions) {
    List<Command> commands = new ArrayList<>();
    for (List<String> words : questions) {
      String name = words.get(0);
      commands.add(Command.of(name, words.subList(1, words.size()).toArray(String[]::new)));
      ownCommands.merge(name.toLowerCase(Locale.ROOT), 1L, Long::sum);
    }
    ownReads++;
    return connection.pipeline(commands);
  }

  private List<List<String>> questions(List<String> registries) {
    return registries.stream()
        .flatMap(
            registry ->
                queues.stream()
                    .map(
                        queue ->
                            registry.equals("failed") ? Keys.failed(queue) : Keys.finished(queue)))
        .map(key -> List.of("ZCARD", key))
        .toList();
  }

  private static long sum(List<Reply> replies, int from, int to) {
    return replies.subList(from, to).stream().mapToLong(Reply::asLong).sum();
  }

  @Override
  public void close() {
    connection.close();
    server.close();
  }
}
