package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.wire.StoredJob;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** What the worker's loop is to do next; nothing here is sent to a server. */
@Timeout(20)
class TurnsTest {
  @AutoClose private final Watchdog watchdog = WorkerFixture.watchdog();

  private static RqWorkerBuilder settings() {
    return RqWorker.builder("redis://localhost:6379", Handlers.builder().build()).name("w");
  }

  /** Turns for slots that all have a job. */
  private Busy busy(int slots, boolean overlaps, RqWorkerBuilder settings)
      throws InterruptedException {
    WorkerConfig config = new WorkerConfig(settings.concurrency(slots));
    Turns turns = new Turns(config, overlaps);
    List<Slot> all = new ArrayList<>();
    for (int i = 0; i < slots; i++) {
      all.add(slot(config, "w-" + i));
      turns.add(all.get(i));
    }
    for (int claimed = 0; claimed < slots; ) {
      Turns.Send turn = (Turns.Send) turns.await();
      boolean drained = turns.settle(turn, found(JobExchange.State.MORE, turn.claimants()));
      assertThat(drained).isFalse();
      claimed += turn.claimants().size();
    }
    return new Busy(turns, all);
  }

  private record Busy(Turns turns, List<Slot> slots) {
    /** Ends runs while the loop is at work, which then has to see to them. */
    void end(int... which) {
      for (int i : which) {
        assertThat(endHere(i)).isNull();
      }
    }

    /** Ends a run; what is returned is for the thread that it ran in. */
    Turns.@Nullable Send endHere(int which) {
      return turns.ended(TurnsTest.ended(slots.get(which)));
    }

    /** Has the loop sleep until it is woken. */
    LoopAsleep sleep() throws InterruptedException {
      return LoopAsleep.in(turns);
    }
  }

  /** A loop that found nothing to do, in a thread of its own. */
  private record LoopAsleep(Thread thread, CompletableFuture<Turns.Next> woken)
      implements AutoCloseable {
    static LoopAsleep in(Turns turns) {
      CompletableFuture<Turns.Next> woken = new CompletableFuture<>();
      Thread thread =
          Threads.daemon(
              "turns-test-loop",
              () -> {
                try {
                  woken.complete(turns.await());
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> thread.getState() == Thread.State.WAITING);
      return new LoopAsleep(thread, woken);
    }

    Turns.Next next() throws Exception {
      return woken.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  private Slot slot(WorkerConfig config, String name) {
    RunningJobs jobs = new RunningJobsAtRedis(new RedisServer(config.redis()), config.clock());
    return new Slot(
        name,
        name,
        new Slot.Shared(
            config.jobThreads(),
            new JobRunner(config),
            new JobContexts(config, jobs),
            watchdog,
            (slot, execution, outcome, worked) -> {}));
  }

  private static ClaimedJob job() {
    return new ClaimedJob(new StoredJob("j", Map.of()), "default", "e", Instant.EPOCH);
  }

  private static JobExchange.Ended ended(Slot slot) {
    Outcome.Timed outcome = new Outcome.Timed(new Outcome.Requeued(), Duration.ZERO);
    return new JobExchange.Ended(slot, job(), outcome, Duration.ZERO);
  }

  private static JobExchange.Claims found(JobExchange.State state, List<Slot> slots) {
    return new JobExchange.Claims(
        state, slots.stream().map(slot -> new JobExchange.Claim(slot, job())).toList(), List.of());
  }

  private static List<Slot> endedIn(Turns.Next turn) {
    return ((Turns.Send) turn).outcomes().stream().map(JobExchange.Ended::slot).toList();
  }

  @Test
  void half_of_the_slots_go_in_one_turn_and_the_others_behind_them() throws InterruptedException {
    Busy busy = busy(4, true, settings());
    busy.end(0, 1, 2, 3);

    assertThat(endedIn(busy.turns().await()))
        .containsExactly(busy.slots().get(0), busy.slots().get(1));
    assertThat(endedIn(busy.turns().await()))
        .containsExactly(busy.slots().get(2), busy.slots().get(3));
    assertThat(busy.turns().await()).isEqualTo(new Turns.Receive());
  }

  @Test
  void no_more_than_two_turns_are_under_way() throws InterruptedException {
    Busy busy = busy(4, true, settings());
    busy.end(0);
    Turns.Next first = busy.turns().await();
    busy.end(1);
    Turns.Next second = busy.turns().await();
    busy.end(2);

    assertThat(endedIn(first)).containsExactly(busy.slots().get(0));
    assertThat(endedIn(second)).containsExactly(busy.slots().get(1));
    assertThat(busy.turns().await()).isEqualTo(new Turns.Receive());
  }

  @Test
  void without_overlap_all_go_in_one_turn_and_its_replies_are_awaited()
      throws InterruptedException {
    Busy busy = busy(4, false, settings());
    busy.end(0, 1, 2);

    assertThat(endedIn(busy.turns().await())).hasSize(3);
    busy.end(3);
    assertThat(busy.turns().await()).isEqualTo(new Turns.Receive());
  }

  @Test
  void free_slots_alone_are_no_reason_for_a_second_turn() throws InterruptedException {
    WorkerConfig config = new WorkerConfig(settings().concurrency(4));
    Turns turns = new Turns(config, true);
    for (int i = 0; i < 4; i++) {
      turns.add(slot(config, "w-" + i));
    }

    assertThat(((Turns.Send) turns.await()).claimants()).hasSize(2);
    assertThat(turns.await()).isEqualTo(new Turns.Receive());
  }

  @Test
  void claims_under_way_count_where_the_number_of_jobs_is_limited() throws InterruptedException {
    Busy busy = busy(4, true, settings().maxJobs(5));
    busy.end(0, 1, 2, 3);

    assertThat(((Turns.Send) busy.turns().await()).claimants()).hasSize(1);
    assertThat(((Turns.Send) busy.turns().await()).claimants()).isEmpty();
  }

  @Test
  void the_turn_that_was_sent_last_tells_whether_there_is_more() throws InterruptedException {
    Busy busy = busy(2, true, settings().burst(true));
    busy.end(0, 1);
    Turns.Send first = (Turns.Send) busy.turns().await();
    Turns.Send second = (Turns.Send) busy.turns().await();

    assertThat(busy.turns().settle(first, found(JobExchange.State.DRAINED, List.of()))).isTrue();
    // The first end released a job that had waited, which the second claim took.
    assertThat(busy.turns().settle(second, found(JobExchange.State.MORE, second.claimants())))
        .isFalse();
    assertThat(((Turns.Send) busy.turns().await()).claimants())
        .containsExactly(busy.slots().get(0));
  }

  @Test
  void a_burst_ends_when_the_last_turn_found_nothing() throws InterruptedException {
    Busy busy = busy(2, true, settings().burst(true));
    busy.end(0, 1);
    Turns.Send first = (Turns.Send) busy.turns().await();
    Turns.Send second = (Turns.Send) busy.turns().await();
    boolean drained = busy.turns().settle(first, found(JobExchange.State.DRAINED, List.of()));
    drained &= busy.turns().settle(second, found(JobExchange.State.DRAINED, List.of()));

    assertThat(drained).isTrue();
    assertThat(busy.turns().await()).isEqualTo(new Turns.Finish(Dispatcher.End.BURST_DONE));
  }

  @Test
  void turns_that_failed_are_begun_anew() throws InterruptedException {
    Busy busy = busy(2, true, settings());
    busy.end(0, 1);
    Turns.Send first = (Turns.Send) busy.turns().await();
    Turns.Send second = (Turns.Send) busy.turns().await();
    busy.turns().takeBack(second);
    busy.turns().takeBack(first);

    Turns.Send again = (Turns.Send) busy.turns().await();
    assertThat(again).isEqualTo(first);
    assertThat(busy.turns().await()).isEqualTo(second);
  }

  @Test
  void a_slot_that_is_to_leave_does_so_while_others_go_on() throws InterruptedException {
    Busy busy = busy(4, true, settings());
    busy.end(0, 1, 2, 3);
    Turns.Send first = (Turns.Send) busy.turns().await();
    busy.turns().retire(busy.slots().get(0));

    // What is under way may have claimed a job for it.
    assertThat(busy.turns().await()).isEqualTo(new Turns.Receive());
    boolean drained = busy.turns().settle(first, found(JobExchange.State.DRAINED, List.of()));
    assertThat(drained).isTrue();
    assertThat(busy.turns().await()).isEqualTo(new Turns.Retire(List.of(busy.slots().get(0))));
    assertThat(endedIn(busy.turns().await())).hasSize(2);
  }

  @Test
  void who_ends_waits_for_what_is_under_way() throws InterruptedException {
    Busy busy = busy(2, true, settings());
    busy.end(0);
    Turns.Send turn = (Turns.Send) busy.turns().await();
    busy.turns().abandon();

    assertThat(busy.turns().await()).isEqualTo(new Turns.Receive());
    boolean drained = busy.turns().settle(turn, found(JobExchange.State.MORE, List.of()));
    assertThat(drained).isFalse();
    assertThat(busy.turns().await()).isEqualTo(new Turns.Finish(Dispatcher.End.STOPPED));
  }

  @Test
  void the_thread_of_the_only_job_takes_the_turn_after_it() throws Exception {
    Busy busy = busy(1, true, settings());
    try (LoopAsleep loop = busy.sleep()) {
      Turns.Send turn = Objects.requireNonNull(busy.endHere(0));
      assertThat(endedIn(turn)).containsExactly(busy.slots().get(0));
      assertThat(turn.claimants()).containsExactly(busy.slots().get(0));

      boolean drained = busy.turns().settle(turn, found(JobExchange.State.MORE, busy.slots()));
      busy.turns().leave();

      assertThat(drained).isFalse();
      assertThat(loop.woken()).as("the loop sleeps on").isNotDone();
    }
  }

  @Test
  void who_saw_a_job_come_claims_it_while_all_slots_are_free() throws Exception {
    Busy busy = busy(1, true, settings());
    try (LoopAsleep loop = busy.sleep()) {
      drain(busy, Objects.requireNonNull(busy.endHere(0)));
      Turns.Send turn = Objects.requireNonNull(busy.turns().workArrived());

      assertThat(turn.outcomes()).isEmpty();
      assertThat(turn.claimants()).containsExactly(busy.slots().get(0));
      assertThat(loop.woken()).isNotDone();
    }
  }

  private static void drain(Busy busy, Turns.Send turn) {
    assertThat(busy.turns().settle(turn, found(JobExchange.State.DRAINED, List.of()))).isTrue();
    busy.turns().leave();
  }

  @Test
  void what_comes_while_another_thread_takes_a_turn_is_left_to_the_loop() throws Exception {
    Busy busy = busy(1, true, settings());
    try (LoopAsleep loop = busy.sleep()) {
      Turns.Send turn = Objects.requireNonNull(busy.endHere(0));
      assertThat(busy.turns().workArrived()).isNull();
      assertThat(loop.woken()).isNotDone();

      boolean drained = busy.turns().settle(turn, found(JobExchange.State.MORE, List.of()));
      busy.turns().leave();

      assertThat(drained).isFalse();
      assertThat(((Turns.Send) loop.next()).claimants()).containsExactly(busy.slots().get(0));
    }
  }

  @Test
  void while_another_job_runs_the_loop_takes_the_turn() throws Exception {
    Busy busy = busy(2, true, settings());
    try (LoopAsleep loop = busy.sleep()) {
      assertThat(busy.endHere(0)).isNull();
      assertThat(endedIn(loop.next())).containsExactly(busy.slots().get(0));
    }
  }

  @Test
  void a_turn_that_failed_in_another_thread_is_begun_anew_by_the_loop() throws Exception {
    Busy busy = busy(1, true, settings());
    RqException failure = new RedisUnavailableException("gone", new IOException("reset"));
    try (LoopAsleep loop = busy.sleep()) {
      Turns.Send turn = Objects.requireNonNull(busy.endHere(0));
      busy.turns().leave(turn, failure);

      assertThat(loop.next()).isEqualTo(new Turns.Recover(turn, failure));
    }
  }

  @Test
  void a_stop_is_heeded_when_the_turn_in_another_thread_is_settled() throws Exception {
    Busy busy = busy(1, true, settings());
    try (LoopAsleep loop = busy.sleep()) {
      Turns.Send turn = Objects.requireNonNull(busy.endHere(0));
      busy.turns().stop();
      assertThat(loop.woken()).isNotDone();

      drain(busy, turn);

      assertThat(loop.next()).isEqualTo(new Turns.Finish(Dispatcher.End.STOPPED));
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void a_virtual_thread_takes_no_turn() throws Exception {
    Busy busy = busy(1, true, settings().threads(JobThreads.VIRTUAL));
    try (LoopAsleep loop = busy.sleep()) {
      assertThat(busy.endHere(0)).isNull();
      assertThat(endedIn(loop.next())).containsExactly(busy.slots().get(0));
    }
  }
}
