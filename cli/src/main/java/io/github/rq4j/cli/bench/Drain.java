package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.FinishedJobs.Moment;
import io.github.rq4j.cli.console.CommandFailure;
import java.util.concurrent.TimeUnit;

/**
 * One run of one worker, watched. What counts begins when it is warm and ends when its time is
 * over; both ends are moments at which the server is asked for the number of finished jobs and for
 * all of its counters at once, so that it does not matter when exactly they are.
 */
final class Drain {
  private static final long POLL_MILLIS = 20;
  private static final long MEMORY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long total;
  private final FinishedJobs jobs;
  private final ProcessFamily worker;
  private final Pace pace;
  private final long limit;
  private long nextMemory;

  Drain(long total, FinishedJobs jobs, ProcessFamily worker, Pace pace) {
    this.total = total;
    this.jobs = jobs;
    this.worker = worker;
    this.pace = pace;
    this.limit = worker.startedAt() + pace.limit().toNanos();
    this.nextMemory = worker.startedAt();
  }

  DrainFigures run() throws InterruptedException {
    await(1, limit);
    DrainFigures figures = new DrainFigures(worker.startedAt(), System.nanoTime());
    long first = System.nanoTime();
    long warm = first + pace.warmUp().toNanos();
    long enough = total / 3;
    await(enough, Math.min(first + SECOND, warm));
    figures.cold(jobs.look());
    await(enough, warm);
    Moment begin = jobs.look();
    double cpu = worker.cpuSeconds();
    await(total, begin.nanos() + pace.window().toNanos());
    Moment end = jobs.look();
    cpu = worker.cpuSeconds() - cpu;
    worker.noteMemory();
    if (end.failed() > 0) {
      throw stopped(end.failed() + " jobs failed");
    }
    figures.window(begin, end);
    figures.worker(cpu, worker.peakBytes(), end.finished() - begin.finished());
    return figures;
  }

  /** Waits until so many jobs have finished, or until that time. */
  private void await(long count, long until) throws InterruptedException {
    while (true) {
      long finished = jobs.count();
      long now = System.nanoTime();
      if (finished >= count || (now - until >= 0 && until != limit)) {
        return;
      }
      if (now - limit >= 0 || !worker.isAlive()) {
        throw stopped("only " + finished + " jobs were finished");
      }
      if (now - nextMemory >= 0) {
        worker.noteMemory();
        nextMemory = now + MEMORY_NANOS;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private CommandFailure stopped(String what) {
    return CommandFailure.failure(what + " by a worker that says: " + worker.lastWords());
  }
}
