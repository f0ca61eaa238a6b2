package io.github.rq4j.client.redis;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The replies to commands that were sent together and of which some may not have come. Redis
 * answers in the order of the commands: to read these, those before are read, too, and kept. For
 * the thread of the connection.
 */
public final class PendingReplies {
  private final RedisConnection connection;
  private final List<Command> commands;
  private final List<Reply> replies;

  PendingReplies(RedisConnection connection, List<Command> commands) {
    this.connection = connection;
    this.commands = List.copyOf(commands);
    this.replies = new ArrayList<>(commands.size());
  }

  /** Adds the next reply, and tells whether it was the last one. */
  boolean take(Reply reply) {
    replies.add(reply);
    return isComplete();
  }

  private boolean isComplete() {
    return replies.size() == commands.size();
  }

  /**
   * Waits for the replies. A script that the server did not know is sent again with its text.
   *
   * @return one reply per command, in order; errors of single commands are among them
   * @throws RedisUnavailableException if the connection is lost
   */
  public List<Reply> await() {
    while (!isComplete()) {
      connection.readNext();
    }
    return withUnknownScripts();
  }

  /**
   * Gives each reply away as it comes, so that it is known which ones came where the connection
   * breaks on the way. No script is sent again.
   *
   * @param consumer gets one reply per command, in order
   * @throws RedisUnavailableException if the connection is lost
   */
  public void forEach(Consumer<Reply> consumer) {
    for (int i = 0; i < commands.size(); i++) {
      while (replies.size() <= i) {
        connection.readNext();
      }
      consumer.accept(replies.get(i));
    }
  }

  private List<Reply> withUnknownScripts() {
    List<Integer> unknown = new ArrayList<>(0);
    List<Command> again = new ArrayList<>(0);
    for (int i = 0; i < replies.size(); i++) {
      if (commands.get(i).isScriptCall() && isUnknownScript(replies.get(i))) {
        unknown.add(i);
        again.add(commands.get(i).withSource());
      }
    }
    if (again.isEmpty()) {
      return replies;
    }
    List<Reply> all = new ArrayList<>(replies);
    List<Reply> second = connection.send(again).await();
    for (int i = 0; i < again.size(); i++) {
      all.set(unknown.get(i), second.get(i));
    }
    return all;
  }

  private static boolean isUnknownScript(Reply reply) {
    return reply.value() instanceof RedisCommandException error && error.hasCode("NOSCRIPT");
  }
}
