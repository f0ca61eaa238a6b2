package io.github.rq4j.interop.reliability;

import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets jobs flow through worker processes and kills these at random instants. Time is made to pass
 * faster for what is dead, and only for that: claims of dead workers expire after a second, locks
 * that nobody releases after ten.
 */
final class Chaos {
  /**
   * What is to happen.
   *
   * @param queues how many there are; every process works on all of them
   * @param processes how many work at the same time
   * @param duration how long jobs flow and processes are killed
   * @param longestPause the most time between two kills
   * @param backlog how many jobs wait at least, while jobs flow
   */
  record Plan(int queues, int processes, Duration duration, Duration longestPause, int backlog) {}

  /**
   * What happened.
   *
   * @param kills how many processes were killed
   * @param jobs the ids of all jobs
   * @param dead the names of the processes that were killed
   */
  record Outcome(int kills, List<String> jobs, Set<String> dead, List<String> queues) {}

  private static final long LOCK_TTL = 899;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Plan plan;
  private final Crew crew;
  private final RqClient client;
  private final TestRedis redis;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final List<String> queues = new ArrayList<>();
  private final Map<String, Crew.Member> living = new HashMap<>();
  private final Set<String> dead = new HashSet<>();
  private final List<String> jobs = new ArrayList<>();
  private final Map<String, Long> taken = new HashMap<>();
  private int started;

  Chaos(Plan plan, Crew crew, RqClient client, TestRedis redis) {
    this.plan = plan;
    this.crew = crew;
    this.client = client;
    this.redis = redis;
    for (int i = 0; i < plan.queues(); i++) {
      queues.add("q" + i);
    }
  }

  Outcome run() throws InterruptedException {
    long end = System.nanoTime() + plan.duration().toNanos();
    long nextKill = System.nanoTime() + plan.longestPause().toNanos();
    refill();
    while (living.size() < plan.processes()) {
      startOne();
    }
    int kills = 0;
    while (System.nanoTime() < end) {
      Thread.sleep(20);
      if (System.nanoTime() > nextKill) {
        killOne();
        kills++;
        nextKill = System.nanoTime() + random.nextLong(plan.longestPause().toNanos());
        letTimePass();
      }
      refill();
    }
    awaitDrained();
    for (Crew.Member member : living.values()) {
      member.end();
    }
    settle();
    return new Outcome(kills, List.copyOf(jobs), Set.copyOf(dead), List.copyOf(queues));
  }

  private void startOne() {
    // No name is the beginning of another: slots are told from processes by what follows.
    String name = "p" + started++ + "x";
    living.put(name, crew.start(name, queues));
  }

  private void killOne() throws InterruptedException {
    List<String> names = List.copyOf(living.keySet());
    String name = names.get(random.nextInt(names.size()));
    Objects.requireNonNull(living.remove(name)).kill();
    dead.add(name);
    startOne();
  }

  private void refill() {
    for (String queue : queues) {
      long missing = plan.backlog() / queues.size() - client.queue(queue).size();
      if (missing <= 0) {
        continue;
      }
      List<EnqueueData> more = new ArrayList<>();
      for (long i = 0; i < missing; i++) {
        ChaosKind kind = kind();
        String id = kind.id(jobs.size());
        jobs.add(id);
        more.add(kind.job(id, random.nextInt(15)));
      }
      client.queue(queue).enqueueMany(more).jobsOrThrow();
    }
  }

  private ChaosKind kind() {
    int dice = random.nextInt(10);
    return dice < 5
        ? ChaosKind.PLAIN
        : dice < 8 ? ChaosKind.RETRIED : dice < 9 ? ChaosKind.FAILING : ChaosKind.FAILING_RETRIED;
  }

  /** For the claims, locks and leftovers of those who are dead. */
  private void letTimePass() {
    for (String queue : queues) {
      String registry = "rq:wip:" + queue;
      for (String member : list("ZRANGE", registry, "0", "-1")) {
        String worker = text("HGET", "rq:execution:" + member, "worker_name");
        if (worker == null || isDead(worker)) {
          redis.command("ZADD", registry, "XX", "5", member);
        }
      }
      String lock = "rq:clean_registries:" + queue;
      if ((Long) Objects.requireNonNull(redis.command("TTL", lock)) < LOCK_TTL - 10) {
        redis.command("DEL", lock);
      }
      ageStuck(queue, Duration.ofSeconds(5));
    }
  }

  /** What stays in the list that RQ's workers take jobs into counts as stuck after a while. */
  private void ageStuck(String queue, Duration grace) {
    String list = "rq:queue:" + queue + ":intermediate";
    List<String> ids = list("LRANGE", list, "0", "-1");
    long now = System.nanoTime();
    ids.forEach(id -> taken.putIfAbsent(id, now));
    for (String id : ids) {
      if (now - Objects.requireNonNull(taken.get(id)) >= grace.toNanos()) {
        String longAgo = Long.toString(System.currentTimeMillis() / 1000 - 300);
        redis.command("SET", list + ":first_seen:" + id, longAgo, "XX", "KEEPTTL");
      }
    }
    taken.keySet().removeIf(id -> id.startsWith(queue) && !ids.contains(id));
  }

  private boolean isDead(String worker) {
    return dead.contains(worker.replaceAll("-\\d+$", ""));
  }

  private void awaitDrained() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (queues.stream().anyMatch(queue -> client.queue(queue).size() > 0)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the queues do not drain");
      }
      Thread.sleep(50);
    }
  }

  /** Nobody lives: whatever was left behind is abandoned, and worked off to the end. */
  private void settle() throws InterruptedException {
    for (int round = 0; round < 12 && isUnsettled(); round++) {
      for (String queue : queues) {
        redis.command("DEL", "rq:clean_registries:" + queue);
        for (String member : list("ZRANGE", "rq:wip:" + queue, "0", "-1")) {
          redis.command("ZADD", "rq:wip:" + queue, "XX", "5", member);
        }
        ageStuck(queue, Duration.ZERO);
      }
      crew.burst(queues);
    }
    forgetDead();
  }

  /** The hashes of dead workers expire; then the next worker forgets them. */
  private void forgetDead() throws InterruptedException {
    for (String key : list("SMEMBERS", "rq:workers")) {
      if (isDead(key.substring("rq:worker:".length()))) {
        redis.command("DEL", key);
      }
    }
    for (String queue : queues) {
      redis.command("DEL", "rq:clean_registries:" + queue);
    }
    crew.burst(queues);
  }

  private boolean isUnsettled() {
    for (String queue : queues) {
      String list = "rq:queue:" + queue;
      Object left = redis.command("EXISTS", list, "rq:wip:" + queue, list + ":intermediate");
      if (!Long.valueOf(0).equals(left)) {
        return true;
      }
    }
    return false;
  }

  private List<String> list(String command, String... arguments) {
    List<?> answer = (List<?>) Objects.requireNonNull(redis.command(command, arguments));
    return answer.stream().map(Object::toString).toList();
  }

  private @Nullable String text(String command, String... arguments) {
    return (String) redis.command(command, arguments);
  }
}
