package io.github.rq4j.client.wire;

/**
 * Every key that rq4j shares with RQ. The prefix {@code rq:} is fixed in RQ itself. The scripts of
 * the client and worker build the same keys on the server; {@code ScriptKeysTest} holds both
 * together.
 */
public final class Keys {
  /** Set of the full keys of all queues. */
  public static final String QUEUES = "rq:queues";

  /** Set of the full keys of all workers. */
  public static final String WORKERS = "rq:workers";

  /** Exists while {@code rq suspend} is in force. */
  public static final String SUSPENDED = "rq:suspended";

  /** Set of the names of all groups (RQ 2.0 on). */
  public static final String GROUPS = "rq:groups";

  /** Exists while nobody needs to clean the groups (RQ 3.0 on). */
  public static final String GROUPS_LOCK = "rq:clean_groups";

  /** Set of the keys of all rate limits (RQ 3.0 on). */
  public static final String RATE_LIMITS = "rq:rl-keys";

  /** Sorted set of the names of cron schedulers, by their last heartbeat (RQ 2.5 on). */
  public static final String CRON_SCHEDULERS = "rq:cron_schedulers";

  /** Sorted set of the names of cron jobs, by when they were last enqueued (RQ 3.0 on). */
  public static final String CRON_JOBS = "rq:cron_jobs";

  private Keys() {}

  /** List of the ids that wait in a queue, next one first. */
  public static String queue(String name) {
    return "rq:queue:" + name;
  }

  /** Hash of a job. */
  public static String job(String id) {
    return "rq:job:" + id;
  }

  /** Sorted set of a queue's started jobs, as {@code job:execution}; RQ calls it {@code wip}. */
  public static String started(String queue) {
    return "rq:wip:" + queue;
  }

  /** Stream of a job's results, newest last (RQ 1.12 on). */
  public static String results(String id) {
    return "rq:results:" + id;
  }

  /** Hash of a worker. */
  public static String worker(String name) {
    return "rq:worker:" + name;
  }

  /** Channel on which a worker receives commands (RQ 1.6 on). */
  public static String commands(String worker) {
    return "rq:pubsub:" + worker;
  }

  /** Set of {@code job:execution} that a worker is running (RQ 3.0 on). */
  public static String workerExecutions(String name) {
    return "rq:worker:" + name + ":executions";
  }

  /** Set of the full keys of the workers that listen to a queue. */
  public static String workersOf(String queue) {
    return "rq:workers:" + queue;
  }

  /** List of the ids that Python's workers took off a queue and have not yet started. */
  public static String intermediate(String queue) {
    return queue(queue) + ":intermediate";
  }

  /** When maintenance first saw an id in the list of {@link #intermediate}. */
  public static String firstSeen(String queue, String id) {
    return intermediate(queue) + ":first_seen:" + id;
  }

  /** Sorted set of a queue's finished jobs, by when they are forgotten. */
  public static String finished(String queue) {
    return "rq:finished:" + queue;
  }

  /** Sorted set of a queue's failed jobs, by when they are forgotten; -1 for never. */
  public static String failed(String queue) {
    return "rq:failed:" + queue;
  }

  /** Sorted set of the jobs that wait for a time, by that time in whole Unix seconds. */
  public static String scheduled(String queue) {
    return "rq:scheduled:" + queue;
  }

  /** Sorted set of the jobs that wait for nothing more than to be enqueued (RQ 3.0 on). */
  public static String ready(String queue) {
    return "rq:ready:" + queue;
  }

  /** Exists while somebody cleans the registries of a queue. */
  public static String maintenanceLock(String queue) {
    return "rq:clean_registries:" + queue;
  }

  /** Set of the ids of a group's jobs. */
  public static String group(String name) {
    return "rq:group:" + name;
  }

  /** Hash of a rate limit: its concurrency. */
  public static String rateLimit(String key) {
    return "rq:rl:" + key;
  }

  /** Sorted set of the jobs that a rate limit has let through and that have not ended. */
  public static String rateLimitAllowed(String key) {
    return rateLimit(key) + ":allowed";
  }

  /** Sorted set of the jobs that a rate limit holds back, oldest first. */
  public static String rateLimitWaiting(String key) {
    return rateLimit(key) + ":rate_limited";
  }

  /** Who schedules a queue's jobs: a scheduler's name; up to RQ 2.9 a process id. */
  public static String schedulerLock(String queue) {
    return "rq:scheduler-lock:" + queue;
  }

  /** Hash of a scheduler (RQ 2.10 on). */
  public static String scheduler(String name) {
    return "rq:scheduler:" + name;
  }

  /** Hash of a cron scheduler (RQ 2.5 on). */
  public static String cronScheduler(String name) {
    return "rq:cron_scheduler:" + name;
  }

  /** Sorted set of the ids of the jobs that a cron job has enqueued, by when (RQ 3.0 on). */
  public static String cronJobHistory(String name) {
    return "rq:cron_job:" + name + ":jobs";
  }

  /** Sorted set of the jobs that wait for others, by when they began to. */
  public static String deferred(String queue) {
    return "rq:deferred:" + queue;
  }

  /** Sorted set of a queue's canceled jobs, by when they were canceled (RQ 1.10 on). */
  public static String canceled(String queue) {
    return "rq:canceled:" + queue;
  }

  /** Set of the ids of the jobs that wait for a job. */
  public static String dependents(String id) {
    return job(id) + ":dependents";
  }

  /** Set of the ids of the jobs that a job waits for; RQ spells it with two colons. */
  public static String dependencies(String id) {
    return "rq:job::" + id + ":dependencies";
  }

  /** Sorted set of the ids of a job's running executions (RQ 2.0 on). */
  public static String executions(String id) {
    return "rq:executions:" + id;
  }

  /** Hash of one execution of a job (RQ 2.0 on). */
  public static String execution(String id, String execution) {
    return "rq:execution:" + id + ":" + execution;
  }
}
