package io.github.rq4j.interop.reliability;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.local.RedisSource;
import io.github.rq4j.testservers.Fault;
import io.github.rq4j.testservers.Incident;
import io.github.rq4j.testservers.RedisProxy;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/**
 * A Redis server, a proxy in front of it through which the worker that is to fail connects, and
 * those who come afterwards.
 */
final class Scene implements AutoCloseable {
  static final String RUN = "rq4j_fixtures.ledger.run";
  static final String HOLD = "rq4j_fixtures.ledger.hold";
  static final String BOOM = "rq4j_fixtures.ledger.boom";

  private static final List<String> WORKER_SCRIPTS =
      List.of(
          "claim",
          "finish",
          "repeat",
          "fail",
          "stop",
          "retry",
          "returned_retry",
          "requeue",
          "heartbeat",
          "abandoned",
          "stuck",
          "due",
          "unlock");

  final LocalRedis server;
  final TestRedis redis;
  final Ledger ledger;
  final RedisProxy proxy;
  final RqClient client;
  // The records of the runs are not what fails.
  private final LocalRedis ledgerServer;
  private final List<Runnable> opened = new ArrayList<>();

  Scene(String... serverArguments) {
    server =
        LocalRedis.builder()
            .sources(RedisSource.PATH, RedisSource.BUNDLED)
            .arguments(serverArguments)
            .start();
    redis = TestRedis.at(server.uri());
    ledgerServer = LocalRedis.start();
    ledger = new Ledger(TestRedis.at(ledgerServer.uri()));
    proxy = RedisProxy.to(server.uri());
    client = RqClient.connect(server.uri().toString());
    for (String script : WORKER_SCRIPTS) {
      nameScript(script, RqWorker.class, script + ".lua");
    }
    nameScript("enqueue", RqClient.class, "new_job.lua");
  }

  private void nameScript(String name, Class<?> owner, String resource) {
    try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(resource), resource)) {
      proxy.nameScript(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI ledgerUri() {
    return ledgerServer.uri();
  }

  /** A worker process that reaches Redis through the proxy. */
  WorkerProcess worker(String... arguments) {
    WorkerProcess worker = WorkerProcess.start(proxy.uri(), ledgerUri(), arguments);
    opened.add(worker::close);
    return worker.awaitReady();
  }

  /** The scene's first worker process, which has put its empty queues in order and waits. */
  WorkerProcess waitingWorker(String... arguments) {
    WorkerProcess worker = worker(arguments);
    await(() -> proxy.count("BLMOVE") > 0);
    // The last thing that maintenance does.
    await(() -> Long.valueOf(1).equals(redis.command("EXISTS", "rq:clean_groups")));
    return worker;
  }

  /** A cron scheduler that reaches Redis through the proxy. */
  WorkerProcess cron(Path file) {
    WorkerProcess cron = WorkerProcess.cron(proxy.uri(), file);
    opened.add(cron::close);
    return cron;
  }

  /** A worker in this process that reaches Redis through the proxy. */
  RqWorkerBuilder workerHere() {
    return workerHere(proxy.uri());
  }

  RqWorkerBuilder workerHere(URI address) {
    LedgerTasks tasks = new LedgerTasks(ledgerUri().toString());
    opened.add(tasks::close);
    Handlers handlers = Handlers.builder().registerAnnotated(tasks).build();
    return RqWorker.builder(address.toString(), handlers).name("here");
  }

  Job enqueue(String id, String function) {
    return enqueue(id, function, EnqueueOptions.builder());
  }

  Job enqueue(String id, String function, EnqueueOptions.Builder options) {
    return client.queue("default").enqueue(Call.of(function), options.jobId(id).build());
  }

  /** Kills the worker when a script of its is about to reach Redis. */
  void killBefore(WorkerProcess worker, String script, Runnable trigger)
      throws InterruptedException {
    kill(worker, script, Fault.HOLD_REQUEST, trigger);
  }

  /** Kills the worker when Redis has carried out a script of its, whose reply it never gets. */
  void killAfter(WorkerProcess worker, String script, Runnable trigger)
      throws InterruptedException {
    kill(worker, script, Fault.CUT_AFTER, trigger);
  }

  private void kill(WorkerProcess worker, String script, Fault fault, Runnable trigger)
      throws InterruptedException {
    Incident incident = proxy.once(request -> request.name().equals(script), fault);
    trigger.run();
    kill(worker, incident);
  }

  /** Kills a process as soon as something has happened to a request of its. */
  void kill(WorkerProcess worker, Incident incident) throws InterruptedException {
    incident.await();
    worker.kill();
    incident.cut();
    proxy.cut();
  }

  /** Lets a minute and a half pass in which nothing was heard of the runs. */
  void claimsExpire() {
    for (String registry : keys("rq:wip:*")) {
      for (Object member : list("ZRANGE", registry, "0", "-1")) {
        redis.command("ZADD", registry, "XX", "5", member.toString());
      }
    }
  }

  /** What another worker does at its start, without running a job. */
  void maintain() throws InterruptedException {
    Handlers none = Handlers.builder().register("no.job", () -> "").build();
    burst(
        RqWorker.builder(server.uri().toString(), none)
            .name("maintainer")
            .queues(queues())
            .onlyRegistered(true));
  }

  /** Maintains, then runs all that is queued to its end. */
  void workBurst() throws InterruptedException {
    burst(workerHere(server.uri()).name("survivor").queues(queues()));
  }

  void workBurstUnchecked() {
    try {
      workBurst();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the rest was worked off", e);
    }
  }

  private static void burst(RqWorkerBuilder settings) throws InterruptedException {
    try (RqWorker worker = settings.burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  private String[] queues() {
    Set<String> names = new TreeSet<>(Set.of("default"));
    for (Object key : list("SMEMBERS", "rq:queues")) {
      names.add(key.toString().substring("rq:queue:".length()));
    }
    return names.toArray(new String[0]);
  }

  /**
   * Where a job is: its status, then every list and registry that names it, as often as it does.
   */
  String whereabouts(String id) {
    List<String> places = new ArrayList<>();
    Object status = redis.command("HGET", "rq:job:" + id, "status");
    places.add(status == null ? "gone" : status.toString());
    for (String key : keys("rq:queue:*")) {
      if ("list".equals(redis.command("TYPE", key))) {
        list("LRANGE", key, "0", "-1").stream().filter(id::equals).forEach(e -> places.add(key));
      }
    }
    for (String kind : List.of("wip", "finished", "failed", "scheduled", "deferred")) {
      for (String key : keys("rq:" + kind + ":*")) {
        list("ZRANGE", key, "0", "-1").stream()
            .filter(entry -> entry.equals(id) || entry.toString().startsWith(id + ":"))
            .forEach(entry -> places.add(key));
      }
    }
    return String.join(" ", places);
  }

  /** The texts of the failures in a job's results, oldest first. */
  List<String> failures(String id) {
    List<String> texts = new ArrayList<>();
    client.job(id).results().forEach(result -> texts.add(0, String.valueOf(result.excString())));
    return texts;
  }

  List<String> keys(String pattern) {
    return list("KEYS", pattern).stream().map(Object::toString).sorted().toList();
  }

  List<?> list(String command, String... arguments) {
    return (List<?>) Objects.requireNonNull(redis.command(command, arguments));
  }

  static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(condition);
  }

  void awaitStatus(String id, String status) {
    await(() -> status.equals(redis.command("HGET", "rq:job:" + id, "status")));
  }

  void awaitStart(String id) {
    await(() -> ledger.starts(id) > 0);
  }

  @Override
  public void close() {
    opened.forEach(Runnable::run);
    client.close();
    proxy.close();
    server.close();
    ledgerServer.close();
  }
}
