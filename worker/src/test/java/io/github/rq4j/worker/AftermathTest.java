package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.wire.StoredJob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stopped callbacks, which need no Redis to be called. */
class AftermathTest {
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Watchdog watchdog = WorkerFixture.watchdog();

  @AfterEach
  void close() {
    never.countDown();
    watchdog.close();
  }

  private boolean stop(Handlers.Builder handlers, String... fields) {
    WorkerConfig config =
        new WorkerConfig(RqWorker.builder("redis://localhost:6379", handlers.build()));
    Map<String, byte[]> hash = new java.util.HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      hash.put(fields[i], fields[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    ClaimedJob claimed =
        new ClaimedJob(new StoredJob("j", hash), "default", "e1", Instant.ofEpochSecond(1));
    LimitedCalls calls =
        new LimitedCalls(
            watchdog,
            rest ->
                Threads.daemon(
                        "successor",
                        () -> {
                          boolean unused = rest.getAsBoolean();
                        })
                    .start());
    return new Aftermath(config, claimed, "w", calls)
        .stopped(
            () -> {
              seen.add("stored in " + Thread.currentThread().getName());
              done.countDown();
              return true;
            });
  }

  private static String here() {
    return "stored in " + Thread.currentThread().getName();
  }

  @Test
  void a_stopped_callback_is_called_before_the_end_is_stored() {
    Handlers.Builder handlers =
        Handlers.builder().onStopped("shop.stopped", job -> seen.add("called for " + job.id()));
    assertThat(stop(handlers, "stopped_callback_name", "shop.stopped")).isTrue();
    assertThat(seen).containsExactly("called for j", here());
  }

  @Test
  void a_job_without_a_stopped_callback_is_just_stored() {
    assertThat(stop(Handlers.builder())).isTrue();
    assertThat(seen).containsExactly(here());
  }

  @Test
  void a_stopped_callback_that_raises_or_is_not_there_keeps_nothing_from_being_stored() {
    Handlers.Builder handlers =
        Handlers.builder()
            .onStopped(
                "shop.stopped",
                job -> {
                  throw new IllegalStateException("kaput");
                });
    assertThat(stop(handlers, "stopped_callback_name", "shop.stopped")).isTrue();
    assertThat(stop(handlers, "stopped_callback_name", "shop.unknown")).isTrue();
    assertThat(seen).containsExactly(here(), here());
  }

  @Test
  void a_stopped_callback_that_never_comes_back_loses_its_thread_and_nothing_else()
      throws InterruptedException {
    Handlers.Builder handlers = Handlers.builder().onStopped("shop.stopped", job -> ignoreAll());
    Thread slot =
        Threads.daemon(
            "slot",
            () -> {
              boolean usable =
                  stop(
                      handlers,
                      "stopped_callback_name",
                      "shop.stopped",
                      "stopped_callback_timeout",
                      "1");
              seen.add("usable " + usable);
            });
    slot.start();
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).containsExactly("stored in successor");
    never.countDown();
    slot.join(20_000);
    assertThat(seen).containsExactly("stored in successor", "usable false");
  }

  private void ignoreAll() {
    boolean interrupted = false;
    while (true) {
      try {
        never.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
