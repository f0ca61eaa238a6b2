package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.rq4j.client.EnqueueReport.State;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.testservers.Fault;
import io.github.rq4j.testservers.Incident;
import io.github.rq4j.testservers.RedisProxy;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller learns when the connection is lost in the middle of a call, and may do then. */
@WithRedis
class LostConnectionTest {
  private static final Call CALL = Call.of("tasks.add").args(1);
  private static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

  /**
   * An operation on the job of an id.
   *
   * @param isDone whether it was carried out, and no more than once
   * @param again what a second attempt throws where the first had arrived; null for nothing
   */
  private record Operation(
      String name,
      Consumer<Job> action,
      Function<Job, Boolean> isDone,
      @Nullable Class<? extends RqException> again) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static EnqueueOptions unique(Job job) {
    return EnqueueOptions.builder().jobId(job.id()).unique(true).build();
  }

  private static void failed(Job job, TestRedis redis) {
    redis.command("HSET", "rq:job:" + job.id(), "status", "failed");
    redis.command("LREM", "rq:queue:q", "1", job.id());
    redis.command("ZADD", "rq:failed:q", "4000000000", job.id());
  }

  private RedisProxy proxy;
  private TestRedis redis;
  private RqClient client;
  private RqClient direct;
  private Queue queue;

  @BeforeEach
  void connect(TestRedis testRedis) throws IOException {
    redis = testRedis;
    proxy = RedisProxy.to(redis.uri());
    client = RqClient.connect(proxy.uri().toString());
    direct = RqClient.connect(redis.uri().toString());
    queue = client.queue("q");
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    direct.close();
    proxy.close();
  }

  private List<Operation> onNewJobs() {
    Queue seen = direct.queue("q");
    JobRegistry scheduled = seen.registry(JobRegistry.Kind.SCHEDULED);
    Class<DuplicateJobException> duplicate = DuplicateJobException.class;
    return List.of(
        new Operation(
            "enqueue",
            job -> queue.enqueue(CALL, unique(job)),
            job -> seen.jobIds().equals(List.of(job.id())),
            duplicate),
        new Operation(
            "enqueueAt",
            job -> queue.enqueueAt(LATER, CALL, unique(job)),
            job -> scheduled.time(job.id()).equals(Optional.of(LATER)),
            duplicate),
        new Operation(
            "create",
            job -> queue.create(CALL, unique(job)),
            job -> seen.size() == 0 && direct.job(job.id()).exists(),
            duplicate),
        new Operation(
            "enqueueMany",
            job -> queue.enqueueMany(List.of(EnqueueData.of(CALL, unique(job)))).jobsOrThrow(),
            job -> seen.jobIds().equals(List.of(job.id())),
            IncompleteEnqueueException.class));
  }

  private List<Operation> onStoredJobs() {
    Queue seen = direct.queue("q");
    Class<InvalidJobOperationException> invalid = InvalidJobOperationException.class;
    return List.of(
        new Operation(
            "cancel",
            Job::cancel,
            job -> direct.job(job.id()).status() == JobStatus.CANCELED,
            invalid),
        new Operation("delete", Job::delete, job -> !direct.job(job.id()).exists(), null),
        new Operation(
            "saveMeta",
            job -> job.saveMeta(Map.of("k", 1)),
            job -> direct.job(job.id()).meta().equals(Map.of("k", 1L)),
            null),
        new Operation(
            "suspend",
            job -> client.workers().suspend(),
            job -> direct.workers().isSuspended(),
            null),
        new Operation("empty", job -> queue.empty(), job -> seen.size() == 0, null));
  }

  private Operation requeue() {
    return new Operation(
        "requeue",
        Job::requeue,
        job -> direct.queue("q").jobIds().equals(List.of(job.id())),
        InvalidJobOperationException.class);
  }

  private void check(Operation operation, Fault loss, Runnable prepare) {
    prepare.run();
    // A server that does not know the script answers once more than what is lost.
    Throwable ignored = catchThrowable(() -> operation.action().accept(client.job("warm")));
    redis.flush();
    prepare.run();
    Job job = client.job("a");
    // A batch sends its script ahead, to be lost with what comes behind it.
    Incident unused = proxy.once(request -> !request.name().startsWith("SCRIPT"), loss);
    Throwable lost = catchThrowable(() -> operation.action().accept(job));
    assertThat(lost instanceof IncompleteEnqueueException report ? report.getCause() : lost)
        .as(operation.name())
        .isInstanceOfSatisfying(
            RedisUnavailableException.class, e -> assertThat(e.mayHaveArrived()).isTrue());
    boolean arrived = loss == Fault.CUT_AFTER;
    assertThat(operation.isDone().apply(job)).as("%s is done", operation).isEqualTo(arrived);
    Throwable second = catchThrowable(() -> operation.action().accept(job));
    Class<? extends RqException> again = operation.again();
    if (arrived && again != null) {
      assertThat(second).as("%s again", operation).isInstanceOf(again);
    } else {
      assertThat(second).as("%s again", operation).isNull();
    }
    assertThat(operation.isDone().apply(job)).as("%s is done once", operation).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void the_caller_learns_that_it_is_open_and_a_second_attempt_is_safe(Fault loss) {
    for (Operation operation : onNewJobs()) {
      redis.flush();
      check(operation, loss, () -> {});
    }
    for (Operation operation : onStoredJobs()) {
      redis.flush();
      check(operation, loss, this::store);
    }
    redis.flush();
    check(
        requeue(),
        loss,
        () -> {
          store();
          failed(direct.job("a"), redis);
        });
  }

  private void store() {
    direct.queue("q").enqueue(CALL, EnqueueOptions.builder().jobId("a").build());
  }

  @Test
  void the_caller_learns_that_nothing_was_sent() throws IOException {
    String url = proxy.uri().toString();
    proxy.close();
    try (RqClient nobody = RqClient.connect(url)) {
      assertThatThrownBy(() -> nobody.queue("q").enqueue(CALL))
          .isInstanceOfSatisfying(
              RedisUnavailableException.class, e -> assertThat(e.mayHaveArrived()).isFalse());
      EnqueueReport report = nobody.queue("q").enqueueMany(List.of(EnqueueData.of(CALL)));
      assertThat(report.jobs(State.NOT_STORED)).hasSize(1);
    }
  }

  @Test
  void jobs_that_were_on_their_way_are_in_doubt_and_those_after_them_are_not_stored() {
    List<EnqueueData> jobs =
        IntStream.range(0, 2_000)
            .mapToObj(i -> EnqueueData.of(CALL, unique(client.job("j" + i))))
            .toList();
    queue.size();
    Incident unused = proxy.once(request -> true, Fault.CUT_BEFORE);
    EnqueueReport report = queue.enqueueMany(jobs);
    int most = (EnqueuePipeline.MOST_UNANSWERED + 1) * EnqueueParcel.MOST_JOBS;
    assertThat(report.jobs(State.UNKNOWN)).hasSizeBetween(1, most);
    assertThat(report.jobs(State.NOT_STORED)).hasSizeBetween(2_000 - most, 1_999);
    assertThat(report.jobs(State.STORED)).isEmpty();
    assertThat(queue.enqueueMany(jobs).isComplete()).isTrue();
    assertThat(direct.queue("q").size()).isEqualTo(2_000);
  }

  @Test
  void a_synchronous_run_whose_end_is_lost_may_have_arrived() throws IOException {
    CallRunner runner =
        new CallRunner() {
          @Override
          public @Nullable Object run(JobData call) throws IOException {
            proxy.close();
            return null;
          }

          @Override
          public String traceback(Throwable failure) {
            return "";
          }
        };
    assertThatThrownBy(() -> queue.synchronous(runner).enqueue(CALL))
        .isInstanceOfSatisfying(
            RedisUnavailableException.class, lost -> assertThat(lost.mayHaveArrived()).isTrue());
    assertThat(redis.command("DBSIZE")).isEqualTo(2L);
  }
}
