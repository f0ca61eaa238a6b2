package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.RqException;
import io.github.rq4j.worker.horse.FieldInput;
import io.github.rq4j.worker.horse.FieldOutput;
import io.github.rq4j.worker.horse.Frame;
import io.github.rq4j.worker.horse.FrameType;
import io.github.rq4j.worker.horse.HorseChannel;
import io.github.rq4j.worker.horse.HorseProtocolException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Has the worker do at Redis what functions in a horse ask for, since the horse has no connection.
 * Both ends of that are here. Safe for use by many threads.
 */
final class RunningJobsOverChannel implements RunningJobs {
  // Longer than the worker's own waits for Redis.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int READ_META = 0;
  private static final int WRITE_META = 1;
  private static final int EXTEND = 2;

  private static final int DONE = 0;
  private static final int UNAVAILABLE = 1;
  private static final int REFUSED = 2;

  private final HorseChannel channel;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, CompletableFuture<FieldInput>> pending = new ConcurrentHashMap<>();

  /** The horse's end. */
  RunningJobsOverChannel(HorseChannel channel) {
    this.channel = channel;
  }

  @Override
  public byte @Nullable [] readMeta(String id) {
    return call(new FieldOutput().add(READ_META).add(id)).bytes();
  }

  @Override
  public boolean writeMeta(String id, byte[] meta) {
    return call(new FieldOutput().add(WRITE_META).add(id).add(meta)).isDone();
  }

  @Override
  public boolean extend(RunId run, Duration ttl) {
    return call(new FieldOutput()
            .add(EXTEND)
            .add(run.jobId())
            .add(run.executionId())
            .add(run.origin())
            .add(ttl.toSeconds()))
        .isDone();
  }

  private record Answer(boolean isDone, byte @Nullable [] bytes) {}

  private Answer call(FieldOutput question) {
    long number = numbers.incrementAndGet();
    CompletableFuture<FieldInput> reply = new CompletableFuture<>();
    pending.put(number, reply);
    try {
      channel.send(question.add(number).toFrame(FrameType.CALL));
      FieldInput fields = await(reply);
      return switch (fields.number()) {
        case DONE -> new Answer(fields.number() != 0, fields.optionalBytes());
        case UNAVAILABLE -> throw new RedisUnavailableException(fields.text(), null);
        case REFUSED -> throw new RedisCommandException(fields.text());
        default -> throw fields.malformed("no such reply");
      };
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new RedisUnavailableException("the worker did not do what its work horse asked for", e);
    } finally {
      pending.remove(number);
    }
  }

  /** Not ended by an interruption, as a connection of its own would not be. */
  private static FieldInput await(CompletableFuture<FieldInput> reply)
      throws ExecutionException, TimeoutException {
    boolean interrupted = false;
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        try {
          return reply.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The worker has replied. */
  void replied(Frame frame) throws HorseProtocolException {
    FieldInput fields = new FieldInput(frame);
    CompletableFuture<FieldInput> waiting = pending.remove(fields.longNumber());
    if (waiting != null) {
      waiting.complete(fields);
    }
  }

  /** The worker's end: does what was asked for, and makes the reply. */
  static Frame answer(Frame call, RunningJobs jobs) throws HorseProtocolException {
    FieldInput fields = new FieldInput(call);
    int operation = fields.number();
    String id = fields.text();
    byte[] meta = operation == WRITE_META ? fields.bytes() : new byte[0];
    RunId run =
        operation == EXTEND ? new RunId(id, fields.text(), fields.text()) : new RunId(id, "", "");
    long seconds = operation == EXTEND ? fields.longNumber() : 0;
    FieldOutput reply = new FieldOutput().add(fields.longNumber());
    fields.end();
    try {
      byte[] found = operation == READ_META ? jobs.readMeta(id) : null;
      boolean done =
          switch (operation) {
            case READ_META -> true;
            case WRITE_META -> jobs.writeMeta(id, meta);
            case EXTEND -> jobs.extend(run, Duration.ofSeconds(seconds));
            default -> throw fields.malformed("no such call");
          };
      reply.add(DONE).add(done ? 1 : 0).add(found);
    } catch (RedisCommandException e) {
      reply.add(REFUSED).add(String.valueOf(e.getMessage()));
    } catch (RqException e) {
      reply.add(UNAVAILABLE).add(String.valueOf(e.getMessage()));
    }
    return reply.toFrame(FrameType.REPLY);
  }
}
