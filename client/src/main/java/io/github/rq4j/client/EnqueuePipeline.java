package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.PendingReplies;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Sends parcels of jobs one behind the other over one connection, and reads the replies a few
 * parcels later: so the next one is written while Redis is at work. For one use by one thread.
 */
final class EnqueuePipeline implements AutoCloseable {
  /** Enough for neither side to wait for the other, and no more that is in doubt after a loss. */
  static final int MOST_UNANSWERED = 8;

  /** Learns what became of parcels, in the order in which they were sent. */
  @FunctionalInterface
  interface Answers {
    /**
     * Takes the answer to a parcel.
     *
     * @param sent whether it was sent, as far as is known
     * @param problems for each job that was answered, why it is not stored; null if it is
     * @param failure why other jobs were not answered; null if all were
     */
    void take(
        EnqueueParcel parcel,
        boolean sent,
        List<@Nullable RqException> problems,
        @Nullable RqException failure);
  }

  private record Sent(EnqueueParcel parcel, boolean loadsScript, PendingReplies replies) {}

  private final RqClient client;
  private final String queue;
  private final Answers answers;
  private final Queue<Sent> unanswered = new ArrayDeque<>();
  private final List<EnqueueParcel> loaded = new ArrayList<>();
  private @Nullable RedisConnection connection;
  private @Nullable RqException failure;

  EnqueuePipeline(RqClient client, String queue, Answers answers) {
    this.client = client;
    this.queue = queue;
    this.answers = answers;
  }

  /** Sends a parcel. After a failure nothing is sent any more. */
  void send(EnqueueParcel parcel) {
    RedisConnection open = failure == null ? connect() : null;
    if (open == null) {
      answers.take(parcel, false, List.of(), failure);
      return;
    }
    try {
      unanswered.add(sent(open, parcel));
    } catch (RedisUnavailableException e) {
      failure = e;
      finish();
      answers.take(parcel, true, List.of(), e);
    }
    while (unanswered.size() > MOST_UNANSWERED) {
      readNext();
    }
  }

  /** Waits for all replies. */
  void finish() {
    while (!unanswered.isEmpty()) {
      readNext();
    }
  }

  private @Nullable RedisConnection connect() {
    if (connection == null) {
      try {
        connection = client.server().borrow();
      } catch (RedisUnavailableException | RedisCommandException e) {
        failure = e;
      }
    }
    return connection;
  }

  private Sent sent(RedisConnection open, EnqueueParcel parcel) {
    List<Command> commands = new ArrayList<>();
    boolean loadsScript = loaded.stream().noneMatch(parcel::hasScriptOf);
    if (loadsScript) {
      // In front of the calls, so that none of them has to be sent again after later ones.
      commands.add(parcel.load());
      loaded.add(parcel);
    }
    commands.addAll(parcel.commands(queue, client.clock().instant(), client.dialect()));
    return new Sent(parcel, loadsScript, open.send(commands));
  }

  private void readNext() {
    Sent sent = unanswered.remove();
    List<Reply> replies = new ArrayList<>();
    RedisUnavailableException lost = null;
    try {
      sent.replies().forEach(replies::add);
    } catch (RedisUnavailableException e) {
      failure = e;
      lost = e;
    }
    List<Reply> toCalls =
        sent.loadsScript() && !replies.isEmpty() ? replies.subList(1, replies.size()) : replies;
    answers.take(sent.parcel(), true, sent.parcel().problems(toCalls), lost);
  }

  /** Gives the connection back when nothing is on its way any more. */
  @Override
  public void close() {
    RedisConnection open = connection;
    if (open == null) {
      return;
    }
    try {
      for (Sent sent : unanswered) {
        sent.replies().forEach(reply -> {});
      }
    } catch (RedisUnavailableException e) {
      // Nobody is left to be told.
    } finally {
      open.close();
    }
  }
}
