package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobRegistry;
import io.github.rq4j.client.WorkerSnapshot;
import io.github.rq4j.worker.ScaleServer.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What grows with the number of jobs, workers, queues and entries grows no faster than they do, and
 * nothing holds Redis for long. With {@code -Drq4j.scale=full}: 1,000,000 jobs and entries, 10,000
 * dependents, 1,000 workers; else a tenth of that.
 *
 * <p>What is compared are commands, and the server's processor time in one run: neither depends on
 * what else the machine does. How long a step takes does; of some attempts the best one counts
 * then, since what the code does wrong it does in each.
 */
@Tag("scale")
@Isolated("measures how long jobs are held up")
class ScaleTest {
  private static final int SCALE = "full".equals(System.getProperty("rq4j.scale")) ? 1 : 10;
  private static final int MILLION = 1_000_000 / SCALE;
  private static final int DEPENDENTS = 10_000 / SCALE;
  private static final int WORKERS = 1000;
  private static final int JOBS = 1000;
  private static final int ATTEMPTS = 5;
  private static final Duration LONGEST = Duration.ofMillis(50);
  // Of processor time, which varies with caches and the memory that is there.
  private static final double SLACK = 1.6;
  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
  private static final long NOW_SECONDS = NOW.getEpochSecond();

  @AutoClose private final ScaleServer redis = new ScaleServer();

  private RqWorkerBuilder worker() {
    Handlers handlers = Handlers.builder().register("one", () -> 1L).build();
    return RqWorker.builder(redis.url(), handlers).name("w");
  }

  private void burst(RqWorkerBuilder settings) throws InterruptedException {
    try (RqWorker worker = settings.burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  private void empty() {
    redis.call("FLUSHALL");
  }

  /** Queues jobs that are all alike. */
  private void queue(int jobs) {
    Job model = redis.client.queue("model").enqueue(Call.of("one"));
    redis.call("HSET", "rq:job:" + model.id(), "origin", "default");
    redis.fill(
        jobs,
        "local job = redis.call('HGETALL', 'rq:job:%s')".formatted(model.id())
            + " redis.call('HSET', 'rq:job:j' .. i, unpack(job))"
            + " redis.call('RPUSH', 'rq:queue:default', 'j' .. i)");
  }

  private Work drain(int queued) throws InterruptedException {
    empty();
    queue(queued);
    return redis.workOf(() -> burst(worker().maxJobs(JOBS)));
  }

  @Test
  void a_job_costs_the_same_however_many_wait() throws InterruptedException {
    var unused = drain(JOBS);
    Work few = drain(JOBS + 1);
    Work many = drain(MILLION);
    assertThat(many.commands() / JOBS).isEqualTo(few.commands() / JOBS);
    assertThat(many.micros()).isLessThan((long) (few.micros() * SLACK));
  }

  private void maintain() {
    Maintenance maintenance =
        new Maintenance(
            new WorkerConfig(worker().clock(Clock.fixed(NOW, ZoneOffset.UTC))),
            redis.server,
            () -> false,
            lost -> {});
    var unused = maintenance.perform();
  }

  /** A tenth of the entries is over: expired, or of jobs whose worker is gone. */
  private void fillRegistries(int entries) {
    int over = entries / 20;
    redis.fill(
        entries - over,
        "redis.call('ZADD', 'rq:finished:default', i <= %d and 5 or %d, 'f' .. i)"
            .formatted(over, NOW_SECONDS + 1000));
    redis.fill(
        over,
        "redis.call('ZADD', 'rq:wip:default', 5, 'a' .. i .. ':x')"
            + " redis.call('HSET', 'rq:job:a' .. i, 'data', 'd', 'created_at',"
            + " '2026-11-22T02:00:00.000000Z', 'status', 'started', 'origin', 'default')");
  }

  private Work maintenance(int entries) throws InterruptedException {
    empty();
    fillRegistries(entries);
    Work work = redis.workOf(this::maintain);
    assertThat(redis.call("ZCARD", "rq:finished:default").asLong()).isEqualTo(entries * 9L / 10);
    assertThat(redis.call("EXISTS", "rq:wip:default").asLong()).isZero();
    return work;
  }

  private static void assertAtMostTenfold(Work ten, Work one) {
    assertThat(ten.commands()).isLessThanOrEqualTo(one.commands() * 10);
    assertThat(ten.micros()).isLessThan((long) (one.micros() * 10 * SLACK));
  }

  @Test
  void maintenance_takes_as_long_as_there_is_to_do() throws InterruptedException {
    Work few = maintenance(MILLION / 10);
    assertAtMostTenfold(maintenance(MILLION), few);
  }

  /** The longest step, and the longest pause between two jobs of a worker, while a step is done. */
  private Duration longestStall(ScaleServer.Step step) throws InterruptedException {
    AtomicLong last = new AtomicLong(System.nanoTime());
    AtomicLong longest = new AtomicLong();
    Handlers handlers =
        Handlers.builder()
            .register(
                "one",
                () -> {
                  long now = System.nanoTime();
                  longest.accumulateAndGet(now - last.getAndSet(now), Math::max);
                  return 1L;
                })
            .build();
    queue(MILLION / 2);
    // The worker's own maintenance is not to do what the step does.
    redis.call("SET", "rq:clean_registries:default", "somebody");
    try (RqWorker worker = RqWorker.builder(redis.url(), handlers).name("loop").build()) {
      worker.start();
      WorkerFixture.await()
          .until(
              () ->
                  worker.takenJobs() > JOBS
                      && redis.call("EXISTS", "rq:clean_groups").asLong() == 1);
      redis.call("DEL", "rq:clean_registries:default");
      longest.set(0);
      var unused = redis.workOf(step);
      return Duration.ofNanos(Math.max(longest.get(), redis.longestStep().toNanos()));
    }
  }

  private void assertShortStall(ScaleServer.Step prepare, ScaleServer.Step step)
      throws InterruptedException {
    Duration shortest = LONGEST.multipliedBy(100);
    for (int i = 0; i < ATTEMPTS && shortest.compareTo(LONGEST) > 0; i++) {
      empty();
      prepare.run();
      Duration stall = longestStall(step);
      shortest = stall.compareTo(shortest) < 0 ? stall : shortest;
    }
    assertThat(shortest).isLessThan(LONGEST);
  }

  @Test
  void maintenance_of_many_entries_holds_up_no_job() throws InterruptedException {
    assertShortStall(() -> fillRegistries(MILLION), this::maintain);
  }

  private void abandonedWithDependents(int number) {
    redis.call("ZADD", "rq:wip:default", "5", "parent:x");
    redis.call("HSET", "rq:job:parent", "data", "d", "status", "started", "origin", "default");
    addDependents(number);
  }

  private void addDependents(int number) {
    redis.fill(
        number,
        "redis.call('HSET', 'rq:job:c' .. i, 'data', 'd', 'status', 'deferred', 'origin', 'other',"
            + " 'timeout', '180', 'allow_dependency_failures', '1')"
            + " redis.call('ZADD', 'rq:deferred:other', '+inf', 'c' .. i)"
            + " redis.call('SADD', 'rq:job:parent:dependents', 'c' .. i)"
            + " redis.call('SADD', 'rq:job::c' .. i .. ':dependencies', 'parent')");
  }

  @Test
  void an_abandoned_job_with_many_dependents_holds_up_no_job() throws InterruptedException {
    assertShortStall(() -> abandonedWithDependents(DEPENDENTS / 10), this::maintain);
    assertThat(redis.call("LLEN", "rq:queue:other").asLong()).isEqualTo(DEPENDENTS / 10);
  }

  private Work withDependents(int number) throws InterruptedException {
    empty();
    EnqueueOptions options = EnqueueOptions.builder().jobId("parent").build();
    redis.client.queue("default").enqueue(Call.of("one"), options);
    redis.call("SET", "rq:clean_registries:default", "somebody");
    addDependents(number);
    Work work = redis.workOf(() -> burst(worker()));
    assertThat(redis.call("LLEN", "rq:queue:other").asLong()).isEqualTo(number);
    assertThat(redis.call("EXISTS", "rq:deferred:other").asLong()).isZero();
    return work;
  }

  @Test
  void dependents_are_released_at_an_even_price() throws InterruptedException {
    Work few = withDependents(DEPENDENTS / 10);
    Work many = withDependents(DEPENDENTS);
    assertAtMostTenfold(many, few);
    assertThat((many.commands() - few.commands()) / (DEPENDENTS * 9 / 10)).isLessThanOrEqualTo(4);
  }

  /** Half of them live and run a job, the others have died. */
  private void registerWorkers(int number) {
    empty();
    redis.fill(
        number,
        "redis.call('SADD', 'rq:workers', 'rq:worker:w' .. i)"
            + " redis.call('SADD', 'rq:workers:default', 'rq:worker:w' .. i)"
            + " if i % 2 == 0 then redis.call('HSET', 'rq:worker:w' .. i, 'birth',"
            + " '2026-11-22T02:00:00.000000Z', 'queues', 'default', 'state', 'busy')"
            + " redis.call('SADD', 'rq:worker:w' .. i .. ':executions', 'j' .. i .. ':x')"
            + " redis.call('HSET', 'rq:execution:j' .. i .. ':x', 'id', 'x', 'job_id', 'j' .. i)"
            + " end");
  }

  private Work forgetWorkers(int number) throws InterruptedException {
    registerWorkers(number);
    Work work = redis.workOf(this::maintain);
    assertThat(redis.call("SCARD", "rq:workers").asLong()).isEqualTo(number / 2);
    return work;
  }

  @Test
  void dead_workers_are_forgotten_at_an_even_price() throws InterruptedException {
    Work few = forgetWorkers(WORKERS / 10);
    assertAtMostTenfold(forgetWorkers(WORKERS), few);
  }

  @Test
  void all_workers_are_read_with_four_commands_each() throws InterruptedException {
    registerWorkers(WORKERS);
    Work work =
        redis.workOf(
            () ->
                assertThat(redis.client.workers().all())
                    .hasSize(WORKERS / 2)
                    .extracting(WorkerSnapshot::name)
                    .doesNotHaveDuplicates());
    assertThat(work.commands()).isLessThan(WORKERS * 4L);
  }

  private Work drainLastOf(int queues) throws InterruptedException {
    empty();
    queue(JOBS);
    String[] names =
        IntStream.rangeClosed(1, queues)
            .mapToObj(i -> i == queues ? "default" : "q" + i)
            .toArray(String[]::new);
    return redis.workOf(() -> burst(worker().queues(names).maxJobs(JOBS)));
  }

  @Test
  void each_empty_queue_in_front_costs_a_job_one_command() throws InterruptedException {
    Work one = drainLastOf(1);
    Work hundred = drainLastOf(100);
    // What is done once for each queue is maintenance.
    assertThat((hundred.commands() - one.commands()) / JOBS).isBetween(99L, 102L);
  }

  @Test
  void a_client_cleans_a_large_registry_in_short_steps() throws InterruptedException {
    JobRegistry finished = redis.client.queue("default").registry(JobRegistry.Kind.FINISHED);
    assertShortStall(
        () -> redis.fill(MILLION, "redis.call('ZADD', 'rq:finished:default', 5, 'f' .. i)"),
        () -> assertThat(finished.cleanup()).isGreaterThanOrEqualTo(MILLION));
  }

  /** All places are held by jobs that have ended, and as many jobs wait for them. */
  private void fillRateLimit(int number) {
    redis.call("SADD", "rq:rl-keys", "api");
    redis.call("HSET", "rq:rl:api", "concurrency", Integer.toString(number));
    redis.fill(
        number,
        "redis.call('ZADD', 'rq:rl:api:allowed', 1, 'held' .. i)"
            + " redis.call('HSET', 'rq:job:next' .. i, 'status', 'rate_limited', 'origin', 'other')"
            + " redis.call('ZADD', 'rq:rl:api:rate_limited', 1, 'next' .. i)");
  }

  @Test
  void a_client_cleans_a_rate_limit_of_many_jobs_in_short_steps() throws InterruptedException {
    assertShortStall(
        () -> fillRateLimit(MILLION / 10), () -> redis.client.rateLimit("api").cleanup());
    assertThat(redis.call("LLEN", "rq:queue:other").asLong()).isEqualTo(MILLION / 10);
  }

  @Test
  void a_page_of_a_large_registry_is_read_as_fast_as_one_of_a_small() throws InterruptedException {
    JobRegistry failed = redis.client.queue("default").registry(JobRegistry.Kind.FAILED);
    redis.fill(MILLION, "redis.call('ZADD', 'rq:failed:default', i, 'f' .. i)");
    Work work = redis.workOf(() -> assertThat(failed.latestEntries(MILLION / 2, 100)).hasSize(100));
    assertThat(work.commands()).isLessThan(10);
    assertThat(redis.longestStep()).isLessThan(Duration.ofMillis(10));
  }
}
