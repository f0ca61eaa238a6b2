package io.github.rq4j.interop.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Redis goes away, comes back, or refuses: a worker waits, says so once, goes on, and stores what
 * it had executed.
 */
class OutagesTest {
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(RqWorker.class);
  private final String name = "outage-" + UUID.randomUUID();
  private Scene scene;

  @BeforeEach
  void open() {
    scene =
        new Scene(
            "--appendonly", "yes",
            "--appendfsync", "always",
            "--lua-time-limit", "100");
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void close() {
    logger.detachAppender(logged);
    scene.close();
  }

  private RqWorker started(RqWorkerBuilder settings) {
    RqWorker worker = settings.name(name).monitoringInterval(Duration.ofSeconds(1)).build();
    worker.start();
    // Maintenance that is cut off would leave its lock behind.
    Scene.await(() -> Long.valueOf(1).equals(scene.redis.command("EXISTS", "rq:clean_groups")));
    return worker;
  }

  private RqWorker startedBehindTheProxy() {
    return started(scene.workerHere());
  }

  private RqWorker startedAtTheServer() {
    return started(scene.workerHere(scene.server.uri()));
  }

  /** What this worker said of Redis, other tests run beside this one. */
  private List<String> told(Level level) {
    return List.copyOf(logged.list).stream()
        .filter(event -> event.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .filter(message -> message.contains(name) && message.contains("Redis"))
        .toList();
  }

  private void awaitTold(Level level, String text) {
    Scene.await(() -> told(level).stream().anyMatch(message -> message.contains(text)));
  }

  private void hold() {
    scene.enqueue("held", Scene.HOLD);
    scene.awaitStart("held");
  }

  private void assertRanOnce(String id) {
    scene.awaitStatus(id, "finished");
    assertThat(scene.whereabouts(id)).isEqualTo("finished rq:finished:default");
    assertThat(scene.ledger.of(id)).containsExactly("start", "end");
    assertThat(scene.client.job(id).results()).hasSize(1);
  }

  private void assertToldOnce(String trouble) {
    assertThat(told(Level.ERROR)).hasSize(1).first().asString().contains(trouble);
    assertThat(told(Level.INFO)).filteredOn(message -> message.contains("is back")).hasSize(1);
  }

  @Test
  void an_idle_worker_goes_on_when_redis_is_back() {
    try (RqWorker worker = startedBehindTheProxy()) {
      Scene.await(() -> scene.proxy.count("BLMOVE") > 0);
      scene.proxy.refuse();
      awaitTold(Level.ERROR, "could not connect");
      scene.enqueue("j", Scene.RUN);
      scene.proxy.accept();
      assertRanOnce("j");
      assertToldOnce("could not connect to Redis instance");
      assertThat(worker.name()).isEqualTo(name);
    }
  }

  @Test
  void a_running_job_outlives_an_outage_over_its_heartbeats() {
    try (RqWorker worker = startedBehindTheProxy()) {
      hold();
      long before = scene.proxy.count("heartbeat");
      scene.proxy.refuse();
      scene.proxy.accept();
      Scene.await(() -> scene.proxy.count("heartbeat") > before + 1);
      scene.ledger.release();
      assertRanOnce("held");
      assertThat(worker.name()).isEqualTo(name);
    }
  }

  @Test
  void an_outcome_is_kept_for_half_a_minute_without_redis_and_stored_then() throws Exception {
    try (RqWorker worker = startedBehindTheProxy()) {
      hold();
      scene.proxy.refuse();
      scene.ledger.release();
      awaitTold(Level.ERROR, "could not connect");
      Thread.sleep(30_000);
      assertThat(scene.whereabouts("held")).isEqualTo("started rq:wip:default");
      scene.proxy.accept();
      assertRanOnce("held");
      assertToldOnce("could not connect to Redis instance");
      scene.enqueue("next", Scene.RUN);
      assertRanOnce("next");
      assertThat(worker.name()).isEqualTo(name);
    }
  }

  @Test
  void an_outcome_is_discarded_where_the_job_was_declared_abandoned_meanwhile() throws Exception {
    try (RqWorker worker = startedBehindTheProxy()) {
      hold();
      scene.proxy.refuse();
      scene.ledger.release();
      awaitTold(Level.ERROR, "could not connect");
      scene.claimsExpire();
      scene.maintain();
      scene.proxy.accept();
      scene.enqueue("next", Scene.RUN);
      assertRanOnce("next");
      assertThat(scene.whereabouts("held")).isEqualTo("failed rq:failed:default");
      assertThat(scene.client.job("held").results()).hasSize(1);
      assertThat(worker.name()).isEqualTo(name);
    }
  }

  @Test
  void jobs_run_once_though_redis_is_killed_and_started_again_in_between() {
    try (RqWorker worker = startedAtTheServer()) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 20; i++) {
          scene.enqueue("j" + round + i, Scene.RUN);
        }
        scene.server.kill();
        scene.server.restart();
        // The client's pool notices at its next call that its connections are gone.
        Scene.await(() -> scene.client.queue("default").size() >= 0);
      }
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 20; i++) {
          scene.awaitStatus("j" + round + i, "finished");
          assertThat(scene.whereabouts("j" + round + i)).isEqualTo("finished rq:finished:default");
          assertThat(scene.client.job("j" + round + i).results()).hasSize(1);
        }
      }
      assertThat(scene.keys("rq:wip:*")).isEmpty();
      assertThat(worker.name()).isEqualTo(name);
    }
  }

  /** A server that takes some five seconds to load, and answers meanwhile that it does. */
  private void openWithASlowlyLoadingServer() throws InterruptedException {
    scene.close();
    scene =
        new Scene(
            "--appendonly", "yes",
            "--appendfsync", "always",
            "--key-load-delay", "1000",
            "--loading-process-events-interval-bytes", "1024");
    String fill = "for i = 1, 5000 do redis.call('SET', 'filler:' .. i, i) end";
    scene.redis.command("EVAL", fill, "0");
    // From commands one after another Redis answers after every thousand only.
    scene.redis.command("BGREWRITEAOF");
    Scene.await(() -> !persistence().contains("aof_base_size:0\r"));
  }

  private String persistence() {
    return String.valueOf(scene.redis.command("INFO", "persistence"));
  }

  @Test
  void a_server_that_loads_its_data_is_waited_for() throws InterruptedException {
    openWithASlowlyLoadingServer();
    try (RqWorker worker = startedAtTheServer()) {
      hold();
      scene.enqueue("queued", Scene.RUN);
      scene.server.kill();
      scene.server.restart();
      assertThat(persistence()).contains("loading:1");
      scene.ledger.release();
      awaitTold(Level.ERROR, "LOADING");
      // The client's pool notices at its next call that its connections are gone.
      Scene.await(() -> scene.client.queue("default").size() == 0);
      assertRanOnce("held");
      assertRanOnce("queued");
      assertThat(persistence()).contains("loading:0");
      assertThat(told(Level.INFO)).filteredOn(message -> message.contains("is back")).hasSize(1);
      assertThat(worker.name()).isEqualTo(name);
    }
  }

  @Test
  void a_server_that_has_become_a_replica_is_waited_for() {
    try (RqWorker worker = startedAtTheServer()) {
      hold();
      scene.redis.command("REPLICAOF", "127.0.0.1", "1");
      scene.ledger.release();
      awaitTold(Level.ERROR, "READONLY");
      scene.redis.command("REPLICAOF", "NO", "ONE");
      assertRanOnce("held");
      assertToldOnce("READONLY");
      assertThat(worker.name()).isEqualTo(name);
    }
  }

  private static boolean isBusy(TestRedis redis) {
    Throwable refusal = catchThrowable(() -> redis.command("GET", "key"));
    return refusal != null && String.valueOf(refusal.getMessage()).startsWith("BUSY");
  }

  @Test
  void a_server_that_is_busy_with_a_script_is_waited_for() throws Exception {
    try (RqWorker worker = startedAtTheServer()) {
      hold();
      CompletableFuture<?> script =
          CompletableFuture.runAsync(
              () ->
                  assertThatThrownBy(() -> scene.redis.command("EVAL", "while true do end", "0"))
                      .hasMessageContaining("killed"));
      Scene.await(() -> isBusy(scene.redis));
      scene.ledger.release();
      awaitTold(Level.ERROR, "BUSY");
      scene.redis.command("SCRIPT", "KILL");
      script.join();
      scene.awaitStatus("held", "finished");
      assertThat(scene.client.job("held").results()).hasSize(1);
      assertThat(worker.name()).isEqualTo(name);
    }
  }

  @Test
  void a_server_without_memory_refuses_clients_and_lets_workers_store_what_they_ran() {
    try (RqWorker worker = startedAtTheServer()) {
      hold();
      scene.ledger.release();
      scene.redis.command("CONFIG", "SET", "maxmemory", "1");
      assertThatThrownBy(() -> scene.enqueue("refused", Scene.RUN))
          .isInstanceOf(RedisCommandException.class)
          .hasMessageContaining("OOM");
      assertThat(scene.keys("rq:job:refused")).isEmpty();
      scene.redis.command("CONFIG", "SET", "maxmemory", "0");
      scene.awaitStatus("held", "finished");
      scene.enqueue("next", Scene.RUN);
      assertRanOnce("next");
      assertThat(worker.name()).isEqualTo(name);
    }
  }

  @Test
  void scripts_that_the_server_forgot_are_sent_again() {
    try (RqWorker worker = startedAtTheServer()) {
      hold();
      scene.redis.command("SCRIPT", "FLUSH");
      scene.ledger.release();
      assertRanOnce("held");
      scene.redis.command("SCRIPT", "FLUSH");
      scene.enqueue("next", Scene.RUN);
      assertRanOnce("next");
      assertThat(told(Level.ERROR)).isEmpty();
      assertThat(worker.name()).isEqualTo(name);
    }
  }
}
