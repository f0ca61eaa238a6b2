package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.CompressedText;
import io.github.rq4j.codec.UnsupportedValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a stored job in this thread and stores its end, as RQ does with {@code is_async=False}. */
final class SynchronousRun {
  // What RQ stores for a value that its serializer refuses.
  private static final String UNSERIALIZABLE = "Unserializable return value";
  private static final Duration RESULT_TTL = Duration.ofSeconds(500);
  private static final Duration FAILURE_TTL = Duration.ofDays(365);

  private final RqClient client;
  private final String queue;
  private final CallRunner runner;

  SynchronousRun(RqClient client, String queue, CallRunner runner) {
    this.client = client;
    this.queue = queue;
    this.runner = runner;
  }

  /**
   * Runs it.
   *
   * @param created when the job was stored
   */
  void run(NewJob job, Instant created) {
    Instant started = client.clock().instant();
    byte[] data = job.data().stored();
    Object result = null;
    Throwable failure = null;
    Command end;
    try {
      result = runner.run(client.jobDataFormat().decode(data));
      end = finished(job, serialized(result), started);
    } catch (Throwable thrown) {
      restoreInterruption(thrown);
      failure = thrown;
      end = failed(job, runner.traceback(thrown), started);
    }
    store(end);
    callBack(job, created, started, result, failure);
  }

  private void store(Command end) {
    try {
      client.call(end);
    } catch (RedisUnavailableException e) {
      // The job itself had arrived, and its function was called.
      throw new RedisUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  /** As in RQ: when all is stored, and what the callback throws comes out of the call. */
  private void callBack(
      NewJob job,
      Instant created,
      Instant started,
      @Nullable Object result,
      @Nullable Throwable failure) {
    EnqueueOptions options = job.options();
    Callback callback = failure == null ? options.onSuccess() : options.onFailure();
    if (callback == null) {
      return;
    }
    StoredJob stored = new StoredJob(job.id(), job.fields(created, client.dialect()));
    CallRunner.Run run = new CallRunner.Run(stored, client.serializer(), started);
    try {
      if (failure == null) {
        runner.returned(run, callback.function(), result);
      } else {
        runner.failed(run, callback.function(), failure);
      }
    } catch (Exception thrown) {
      restoreInterruption(thrown);
      throw new CallbackFailedException(job.id(), callback.function(), thrown);
    }
  }

  private static void restoreInterruption(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  private byte @Nullable [] serialized(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    try {
      return client.serializer().serialize(value);
    } catch (UnsupportedValueException e) {
      return client.serializer().serialize(UNSERIALIZABLE);
    }
  }

  private Command finished(NewJob job, byte @Nullable [] value, Instant started) {
    Duration ttl = Objects.requireNonNullElse(job.options().resultTtl(), RESULT_TTL);
    Command command =
        EnqueueScripts.synchronousEnd(
            job.id(), queue, "finished", ttl, started, client.clock().instant(), client.dialect());
    return value == null
        ? command
        : command
            .add(JobFields.RESULT)
            .add(value)
            .add("return_value")
            .add(Base64.getEncoder().encode(value));
  }

  private Command failed(NewJob job, String traceback, Instant started) {
    Duration ttl = Objects.requireNonNullElse(job.options().failureTtl(), FAILURE_TTL);
    byte[] text = CompressedText.compress(traceback);
    return EnqueueScripts.synchronousEnd(
            job.id(), queue, "failed", ttl, started, client.clock().instant(), client.dialect())
        .add(JobFields.EXC_INFO)
        .add(client.dialect().traceback(traceback))
        .add("exc_string")
        .add(Base64.getEncoder().encode(text));
  }
}
