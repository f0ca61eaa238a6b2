package io.github.rq4j.cli.info;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many jobs of a queue are in which state. RQ cleans up when it counts; this leaves everything
 * as it is, and does not count what RQ would clean away.
 */
record QueueFigures(
    String name,
    long queued,
    long executing,
    long finished,
    long failed,
    long deferred,
    long scheduled,
    long canceled) {

  /** Questions for each queue. */
  private static final int QUESTIONS = 10;

  private static final int CHUNK = 100;

  /** Reads the figures of queues, a hundred in a round trip. */
  static List<QueueFigures> read(RedisServer server, List<String> queues, Instant now) {
    List<QueueFigures> figures = new ArrayList<>();
    for (int start = 0; start < queues.size(); start += CHUNK) {
      List<String> names = queues.subList(start, Math.min(start + CHUNK, queues.size()));
      List<Command> questions = new ArrayList<>();
      names.forEach(name -> ask(name, now.getEpochSecond(), questions));
      List<Reply> replies = server.with(connection -> connection.pipeline(questions));
      for (int i = 0; i < names.size(); i++) {
        figures.add(of(names.get(i), replies.subList(i * QUESTIONS, (i + 1) * QUESTIONS)));
      }
    }
    return figures;
  }

  private static void ask(String queue, long now, List<Command> questions) {
    questions.add(Command.of("LLEN", Keys.queue(queue)));
    for (String registry : List.of(Keys.started(queue), Keys.finished(queue), Keys.failed(queue))) {
      questions.add(Command.of("ZCARD", registry));
      questions.add(Command.of("ZCOUNT", registry, "0").add(now));
    }
    for (String registry :
        List.of(Keys.deferred(queue), Keys.scheduled(queue), Keys.canceled(queue))) {
      questions.add(Command.of("ZCARD", registry));
    }
  }

  private static QueueFigures of(String name, List<Reply> replies) {
    List<Long> numbers = replies.stream().map(reply -> reply.orThrow().asLong()).toList();
    return new QueueFigures(
        name,
        numbers.get(0),
        numbers.get(1) - numbers.get(2),
        numbers.get(3) - numbers.get(4),
        numbers.get(5) - numbers.get(6),
        numbers.get(7),
        numbers.get(8),
        numbers.get(9));
  }

  /** For JSON. */
  Map<String, Object> asMap() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("queued", queued);
    fields.put("executing", executing);
    fields.put("finished", finished);
    fields.put("failed", failed);
    fields.put("deferred", deferred);
    fields.put("scheduled", scheduled);
    fields.put("canceled", canceled);
    return fields;
  }
}
