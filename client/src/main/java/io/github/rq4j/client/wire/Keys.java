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
}
