package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import java.util.Collections;

/**
 * Puts the jobs of workloads into their queues: Python those that are drained, and Java, which is
 * quicker, those that only lie behind them.
 *
 * @param python real RQ
 */
record Producers(BenchPython python) {
  /** How many jobs are enqueued at once. */
  static final int BATCH = 1_000;

  private static final Call CALL = Call.of("bench_tasks.noop");

  /** Enqueues all jobs of a workload, in the order in which they are to be run. */
  void enqueue(String redis, Workload workload) throws InterruptedException {
    python.fill(redis, workload);
    if (workload.behind() > 0) {
      try (RqClient client = RqClient.connect(redis)) {
        Queue queue = client.queue(workload.queues().get(0));
        for (int left = workload.behind(); left > 0; left -= BATCH) {
          enqueueMany(queue, Math.min(left, BATCH));
        }
      }
    }
  }

  /**
   * Enqueues no-op jobs with Java's client, all at once.
   *
   * @throws CommandFailure if not all are there then
   */
  static void enqueueMany(Queue queue, int jobs) {
    if (!queue.enqueueMany(Collections.nCopies(jobs, EnqueueData.of(CALL))).isComplete()) {
      throw CommandFailure.failure("not all jobs could be enqueued");
    }
  }
}
