package io.github.rq4j.worker;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells cheaply whether a queue has changed: jobs come to its ends and leave from its front,
 * so that one of these three changes with nearly every job.
 *
 * @param length how many ids it has
 * @param first the next id; null if there is none
 * @param last the newest id; null if there is none
 */
record QueueMark(long length, @Nullable String first, @Nullable String last) {
  static final QueueMark EMPTY = new QueueMark(0, null, null);
  private static final int REPLIES = 3;

  /** The commands that ask for it. */
  static List<Command> ask(String queue) {
    String key = Keys.queue(queue);
    return List.of(
        Command.of("LLEN", key), Command.of("LINDEX", key, "0"), Command.of("LINDEX", key, "-1"));
  }

  /** What the first replies say. */
  static QueueMark of(List<Reply> replies) {
    return new QueueMark(replies.get(0).asLong(), replies.get(1).asText(), replies.get(2).asText());
  }

  /** The replies behind those that a mark takes. */
  static List<Reply> behind(List<Reply> replies) {
    return replies.subList(REPLIES, replies.size());
  }

  boolean isEmpty() {
    return length == 0;
  }
}
