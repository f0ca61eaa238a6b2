package io.github.rq4j.worker;

import io.github.rq4j.worker.horse.FieldInput;
import io.github.rq4j.worker.horse.Frame;
import io.github.rq4j.worker.horse.FrameType;
import io.github.rq4j.worker.horse.HorseProcess;
import io.github.rq4j.worker.horse.HorseProtocolException;
import io.github.rq4j.worker.horse.WaitStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A work horse as its worker sees it: a process that runs one job at a time. One thread serves it,
 * one at a time has it run a job, any may kill it.
 */
final class Horse {
  /** What came of a job. */
  sealed interface Report {}

  /** The horse has run it. */
  record Ran(JobFrames.Ended ended) implements Report {}

  /**
   * The horse has ended before it had run it.
   *
   * @param status how
   * @param begun whether the job may have begun; otherwise another horse can have it
   */
  record Died(WaitStatus status, boolean begun) implements Report {}

  private static final Logger log = LoggerFactory.getLogger(Horse.class);
  // A closed channel is all but the end of the process.
  private static final Duration END_WAIT = Duration.ofSeconds(2);
  private static final Duration KILL_WAIT = Duration.ofSeconds(10);

  private final HorseProcess process;
  private final RunningJobs jobs;
  private @Nullable Run current;
  private @Nullable WaitStatus ended;
  private final int mostJobs;
  private int jobsRun;
  private boolean wornOut;
  private boolean killed;

  private static final class Run {
    final LongConsumer onLimit;
    final CompletableFuture<Report> report = new CompletableFuture<>();
    boolean begun;

    Run(LongConsumer onLimit) {
      this.onLimit = onLimit;
    }
  }

  /**
   * Takes over a process.
   *
   * @param mostJobs how many jobs it may have, at least 1
   */
  Horse(HorseProcess process, RunningJobs jobs, int mostJobs) {
    this.process = process;
    this.jobs = jobs;
    this.mostJobs = mostJobs;
  }

  /**
   * Has the process prepare for jobs.
   *
   * @param handlers what functions it has to have
   * @param serializer the class of the serializer that it has to have
   * @throws HorseStartException if it cannot, or not as this worker's horse
   * @throws IOException if the channel breaks
   */
  void setUp(HorseSetup setup, Handlers handlers, Class<?> serializer) throws IOException {
    process.channel().send(setup.toFrame());
    Frame answer = process.channel().receive();
    if (answer == null) {
      throw new HorseStartException(
          "it ended while it prepared (" + process.awaitEnd(END_WAIT).text().strip() + ")", null);
    }
    FieldInput fields = new FieldInput(answer);
    if (answer.type() == FrameType.REFUSED) {
      throw new HorseStartException(fields.text(), null);
    }
    if (answer.type() != FrameType.READY) {
      throw new HorseProtocolException("not what a work horse answers at its start: " + answer);
    }
    String itsSerializer = fields.text();
    int count = fields.count();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(fields.text());
    }
    fields.end();
    if (!names.equals(List.copyOf(handlers.names()))) {
      throw new HorseStartException(
          "its HandlersFactory makes other functions ("
              + String.join(", ", names)
              + ") than the worker has ("
              + String.join(", ", handlers.names())
              + ")",
          null);
    }
    if (!itsSerializer.equals(serializer.getName())) {
      throw new HorseStartException(
          "its HandlersFactory gives it another serializer ("
              + itsSerializer
              + ") than the worker has ("
              + serializer.getName()
              + ")",
          null);
    }
  }

  /** Receives until the process ends. */
  void serve() {
    try {
      Frame frame = process.channel().receive();
      while (frame != null) {
        handle(frame);
        frame = process.channel().receive();
      }
    } catch (IOException e) {
      log.debug("Work horse {}: its channel broke", process.pid(), e);
    } catch (RuntimeException | OutOfMemoryError e) {
      log.error("Work horse {}: cannot be served any more, it is killed", process.pid(), e);
    }
    WaitStatus status = process.awaitEnd(END_WAIT);
    // It may live on without a channel.
    process.kill();
    if (status.raw().isEmpty()) {
      status = process.awaitEnd(KILL_WAIT);
    }
    over(status);
  }

  private void handle(Frame frame) throws IOException {
    switch (frame.type()) {
      case LIMIT -> begins(new FieldInput(frame).longNumber());
      case CALL -> process.channel().send(RunningJobsOverChannel.answer(frame, jobs));
      case OUTCOME -> ran(JobFrames.ended(frame));
      default -> throw new HorseProtocolException("not from a work horse: " + frame);
    }
  }

  private void begins(long seconds) {
    Run run;
    synchronized (this) {
      run = current;
      if (run == null) {
        return;
      }
      run.begun = true;
    }
    run.onLimit.accept(seconds);
  }

  private void ran(JobFrames.Ended outcome) {
    Run run;
    synchronized (this) {
      run = current;
      current = null;
      wornOut |= outcome.isWornOut();
    }
    if (run != null) {
      run.report.complete(new Ran(outcome));
    }
  }

  private void over(WaitStatus status) {
    Run run;
    synchronized (this) {
      run = current;
      current = null;
      ended = status;
    }
    if (run != null) {
      run.report.complete(new Died(status, run.begun));
    }
  }

  /**
   * Has it run a job, and waits for the end of that or of the horse. Whoever is in a hurry kills
   * it.
   *
   * @param onLimit told when application code begins that may take so many seconds; not positive:
   *     without end
   * @throws InterruptedException if the thread is interrupted; the job goes on
   */
  Report run(Frame job, LongConsumer onLimit) throws InterruptedException {
    Run run = new Run(onLimit);
    synchronized (this) {
      WaitStatus status = ended;
      if (status != null) {
        return new Died(status, false);
      }
      current = run;
      jobsRun++;
    }
    try {
      process.channel().send(job);
    } catch (IOException e) {
      log.debug("Work horse {}: it ended before it got a job", process.pid(), e);
    }
    try {
      return run.report.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it can have another job. */
  synchronized boolean isFit() {
    return ended == null && !killed && !wornOut && jobsRun < mostJobs && process.isAlive();
  }

  /** Ends it and all that it has started, at once. */
  void kill() {
    synchronized (this) {
      killed = true;
    }
    process.kill();
  }

  /** Whether it has a thread that did not come back. */
  synchronized boolean isWornOut() {
    return wornOut;
  }

  /** Lets it end in its own way. */
  void sendAway() {
    synchronized (this) {
      killed = true;
    }
    try {
      process.channel().send(new Frame(FrameType.BYE));
    } catch (IOException e) {
      log.debug("Work horse {}: it has ended already", process.pid(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  @Override
  public String toString() {
    return "work horse " + process.pid();
  }
}
