package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Retry;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.worker.horse.Frame;
import io.github.rq4j.worker.horse.FrameType;
import io.github.rq4j.worker.horse.HorseProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes between a worker and its horses, and what random bytes in its place do. */
class JobFramesTest {
  // What only the worker looks at.
  private static final List<String> KEPT =
      List.of(
          JobFields.STARTED_AT,
          JobFields.ENDED_AT,
          JobFields.LAST_HEARTBEAT,
          JobFields.WORKER_NAME,
          JobFields.RESULT_TTL,
          JobFields.FAILURE_TTL,
          JobFields.TTL,
          JobFields.STATUS,
          JobFields.RESULT,
          JobFields.EXC_INFO,
          JobFields.ALLOW_DEPENDENCY_FAILURES,
          JobFields.CRASHES,
          JobFields.REPEATS_LEFT,
          JobFields.REPEAT_INTERVALS,
          JobFields.STOPPED_CALLBACK_NAME,
          JobFields.STOPPED_CALLBACK_TIMEOUT,
          JobFields.WEBHOOKS,
          JobFields.RATE_LIMIT_KEY,
          JobFields.RATE_LIMIT_CONCURRENCY);
  private static final int CASES = 20_000;

  private static final ClaimedJob JOB = job();
  private static final CallbackJob CALLBACK =
      new CallbackJob("callbacks", "c", List.of(bytes("field"), bytes("value")));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ClaimedJob job() {
    Map<String, byte[]> hash = new HashMap<>();
    hash.put(JobFields.DATA, new byte[] {1, 0, -1});
    hash.put(JobFields.TIMEOUT, bytes("180"));
    return new ClaimedJob(
        new StoredJob("j", hash), "q", "e", Instant.ofEpochSecond(1_700_000_000L, 123_456_789));
  }

  @Test
  void every_field_of_a_job_is_sent_or_is_the_workers_alone() throws IllegalAccessException {
    for (var constant : JobFields.class.getFields()) {
      String field = String.valueOf(constant.get(null));
      assertThat(JobFrames.FIELDS.contains(field)).as(field).isNotEqualTo(KEPT.contains(field));
    }
  }

  @Test
  void a_job_arrives_as_it_was_sent() throws HorseProtocolException {
    JobFrames.Order order = JobFrames.order(JobFrames.run("w-1", JOB));
    assertThat(order.slot()).isEqualTo("w-1");
    ClaimedJob job = order.job();
    assertThat(job.id()).isEqualTo("j");
    assertThat(job.queue()).isEqualTo("q");
    assertThat(job.executionId()).isEqualTo("e");
    assertThat(job.claimedAt()).isEqualTo(JOB.claimedAt());
    assertThat(job.job().bytes(JobFields.DATA)).containsExactly(1, 0, -1);
    assertThat(job.job().number(JobFields.TIMEOUT)).isEqualTo(180);
    assertThat(job.job().bytes(JobFields.META)).isNull();
  }

  private static Outcome arrived(Outcome outcome) throws HorseProtocolException {
    Duration took = Duration.ofNanos(12_345);
    JobFrames.Ended ended =
        JobFrames.ended(
            JobFrames.ended(new JobFrames.Ended(new Outcome.Timed(outcome, took), true)));
    assertThat(ended.isWornOut()).isTrue();
    assertThat(ended.outcome().took()).isEqualTo(took);
    return ended.outcome().outcome();
  }

  @Test
  void a_result_arrives_as_bytes_with_its_callback() throws HorseProtocolException {
    Outcome.Finished finished =
        (Outcome.Finished) arrived(new Outcome.Finished("x", bytes("pickled"), CALLBACK));
    assertThat(finished.value()).isEqualTo(bytes("pickled"));
    CallbackJob callback = Objects.requireNonNull(finished.callback());
    assertThat(callback.queue()).isEqualTo("callbacks");
    assertThat(callback.fields()).containsExactly(bytes("field"), bytes("value"));
  }

  @Test
  void none_arrives_as_none() throws HorseProtocolException {
    Outcome.Finished finished = (Outcome.Finished) arrived(new Outcome.Finished(null, null));
    assertThat(finished.value()).isNull();
    assertThat(finished.callback()).isNull();
  }

  @Test
  void a_failure_arrives_without_its_exception() throws HorseProtocolException {
    JobFailure failure = new JobFailure("ValueError", "", "Traceback", new Exception("kaput"));
    Outcome.Failed failed = (Outcome.Failed) arrived(new Outcome.Failed(failure));
    assertThat(failed.failure()).isEqualTo(new JobFailure("ValueError", "", "Traceback", null));
  }

  @Test
  void a_returned_retry_arrives_as_it_was_made() throws HorseProtocolException {
    Retry retry = Retry.times(3).after(Duration.ofSeconds(1), Duration.ofHours(1)).atFront();
    Outcome.Retried retried =
        (Outcome.Retried) arrived(new Outcome.Retried(retry, bytes("pickled")));
    assertThat(retried.retry()).isEqualTo(retry);
    assertThat(retried.value()).isEqualTo(bytes("pickled"));
  }

  private static HorseSetup setup(@Nullable CodecLimits limits) {
    return new HorseSetup(
        Duration.ofMillis(1_500), JobThreads.VIRTUAL, List.of("a", "b"), "callbacks", limits);
  }

  @Test
  void settings_arrive_as_they_were_sent() throws HorseProtocolException {
    assertThat(HorseSetup.of(setup(null).toFrame())).isEqualTo(setup(null));
    CodecLimits limits = CodecLimits.builder().maxDepth(77).maxOpenMarks(78).build();
    CodecLimits arrived = HorseSetup.of(setup(limits).toFrame()).limits();
    assertThat(arrived).usingRecursiveComparison().isEqualTo(limits);
  }

  /** Reads a frame's body as one of its type. */
  private interface Reader {
    void read(Frame frame) throws HorseProtocolException;
  }

  private static void assertMutantsAreReadOrRefusedByType(Frame frame, Reader reader) {
    Random random = new Random(12);
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] body = Arrays.copyOf(frame.body(), random.nextInt(frame.body().length + 2));
      for (int j = random.nextInt(4); j > 0 && body.length > 0; j--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      try {
        reader.read(new Frame(frame.type(), body));
      } catch (HorseProtocolException e) {
        assertThat(e).hasMessageStartingWith(frame.type() + " frame, offset ");
        refused++;
      }
    }
    assertThat(refused).isBetween(CASES / 2, CASES);
  }

  @Test
  void a_spoilt_job_is_refused_by_type() {
    assertMutantsAreReadOrRefusedByType(JobFrames.run("w", JOB), JobFrames::order);
  }

  @Test
  void a_spoilt_outcome_is_refused_by_type() {
    Retry retry = Retry.times(3).after(Duration.ofSeconds(1), Duration.ofHours(1));
    for (Outcome outcome :
        List.of(
            new Outcome.Finished("x", bytes("pickled"), CALLBACK),
            new Outcome.Retried(retry, bytes("pickled")),
            new Outcome.Failed(new JobFailure("a", "b", "c", null), CALLBACK))) {
      Outcome.Timed timed = new Outcome.Timed(outcome, Duration.ZERO);
      assertMutantsAreReadOrRefusedByType(
          JobFrames.ended(new JobFrames.Ended(timed, false)), JobFrames::ended);
    }
  }

  @Test
  void spoilt_settings_are_refused_by_type() {
    assertMutantsAreReadOrRefusedByType(
        setup(CodecLimits.builder().build()).toFrame(), HorseSetup::of);
  }

  /** Whatever is asked for, is done. */
  private static final class Willing implements RunningJobs {
    @Override
    public byte @Nullable [] readMeta(String id) {
      return null;
    }

    @Override
    public boolean writeMeta(String id, byte[] meta) {
      return true;
    }

    @Override
    public boolean extend(RunId run, Duration ttl) {
      return true;
    }
  }

  @Test
  void a_spoilt_call_is_refused_by_type() {
    Random random = new Random(3);
    byte[] body = new byte[40];
    random.nextBytes(body);
    Arrays.fill(body, 0, 4, (byte) 0);
    assertMutantsAreReadOrRefusedByType(
        new Frame(FrameType.CALL, body),
        frame -> {
          Frame unused = RunningJobsOverChannel.answer(frame, new Willing());
        });
  }
}
