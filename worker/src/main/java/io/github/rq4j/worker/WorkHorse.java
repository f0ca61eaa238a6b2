package io.github.rq4j.worker;

import io.github.rq4j.worker.horse.FieldOutput;
import io.github.rq4j.worker.horse.Frame;
import io.github.rq4j.worker.horse.FrameType;
import io.github.rq4j.worker.horse.HorseChannel;
import io.github.rq4j.worker.horse.HorseProtocolException;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that a work horse runs: one slot, without Redis. What its jobs are, the worker tells
 * over a channel; how they ended, it tells the worker. It ends at once when the channel does.
 */
final class WorkHorse implements Slot.Listener, Watchdog.Listener {
  private static final Logger log = LoggerFactory.getLogger(WorkHorse.class);
  private static final int WORKER_GONE = 1;
  // A horse does not speak to Redis; the settings that it has in common with a worker want an URL.
  private static final String NO_REDIS = "redis://127.0.0.1:1";

  private final String workerName;
  private final String factoryName;
  private final HorseChannel channel;
  private final RunningJobsOverChannel jobs;
  private final AbandonedThreads abandoned = new AbandonedThreads(Integer.MAX_VALUE, () -> {});
  private volatile Slot.@Nullable Shared shared;
  private volatile @Nullable ClassLoader loader;
  private @Nullable Slot slot;

  private WorkHorse(String workerName, String factoryName, HorseChannel channel) {
    this.workerName = workerName;
    this.factoryName = factoryName;
    this.channel = channel;
    this.jobs = new RunningJobsOverChannel(channel);
  }

  /**
   * Serves a worker until it has no more jobs, or is gone.
   *
   * @param args the worker's name, and the class that makes the functions
   */
  public static void main(String[] args) {
    GroupSignals.ignore();
    try {
      if (args.length != 2) {
        throw new HorseProtocolException("a worker has to start this program: it is a work horse");
      }
      new WorkHorse(args[0], args[1], HorseChannel.toWorker(System.in)).serve();
    } catch (IOException e) {
      log.error("Work horse: its worker cannot be understood or is gone", e);
    }
    // Not exit: what runs is nobody's any more, and must not hold the process.
    Runtime.getRuntime().halt(WORKER_GONE);
  }

  private void serve() throws IOException {
    Frame frame = channel.receive();
    while (frame != null) {
      obey(frame);
      frame = channel.receive();
    }
    log.debug("Work horse: its worker {} is gone", workerName);
  }

  private void obey(Frame frame) throws HorseProtocolException {
    switch (frame.type()) {
      case SETUP -> {
        HorseSetup setup = HorseSetup.of(frame);
        // In another thread: this one has to notice when the worker is gone.
        Threads.daemon("rq-horse-setup", () -> prepare(setup)).start();
      }
      case RUN -> run(JobFrames.order(frame));
      case REPLY -> jobs.replied(frame);
      case BYE -> Threads.daemon("rq-horse-end", () -> System.exit(0)).start();
      default -> throw new HorseProtocolException("not for a work horse: " + frame);
    }
  }

  private void prepare(HorseSetup setup) {
    Frame answer;
    try {
      answer = ready(setup);
    } catch (Throwable e) {
      log.error("Work horse: {} cannot make the functions", factoryName, e);
      answer = new FieldOutput().add(factoryName + ": " + e).toFrame(FrameType.REFUSED);
    }
    send(answer);
  }

  private Frame ready(HorseSetup setup) throws Exception {
    HandlersFactory factory =
        Class.forName(factoryName).asSubclass(HandlersFactory.class).getConstructor().newInstance();
    Handlers handlers = factory.handlers();
    RqWorkerBuilder settings =
        RqWorker.builder(NO_REDIS, handlers)
            .name(workerName)
            .serializer(factory.serializer())
            .timeoutGrace(setup.grace())
            .threads(setup.threads());
    setup.exceptionHandlers().forEach(settings::exceptionHandler);
    if (setup.callbackQueue() != null) {
      settings.callbackQueue(setup.callbackQueue());
    }
    if (setup.limits() != null) {
      settings.limits(setup.limits());
    }
    WorkerConfig config = new WorkerConfig(settings);
    // Threads of jobs inherit what the factory may have set.
    loader = Thread.currentThread().getContextClassLoader();
    shared =
        new Slot.Shared(
            config.jobThreads(),
            new JobRunner(config),
            new JobContexts(config, jobs),
            new Watchdog(workerName, config.timeoutGrace(), abandoned, this),
            this);
    FieldOutput made = new FieldOutput().add(factory.serializer().getClass().getName());
    made.add(handlers.names().size());
    handlers.names().forEach(made::add);
    return made.toFrame(FrameType.READY);
  }

  private void run(JobFrames.Order order) throws HorseProtocolException {
    Slot.Shared prepared = shared;
    if (prepared == null) {
      throw new HorseProtocolException("a job came before this work horse was ready");
    }
    Slot present = slot;
    if (present == null) {
      Thread.currentThread().setContextClassLoader(loader);
      present = new Slot(order.slot(), "rq-worker-" + order.slot() + "-job", prepared);
      present.start();
      slot = present;
    }
    present.run(order.job());
  }

  @Override
  public void begins(OptionalLong seconds) {
    send(new FieldOutput().add(seconds.orElse(0)).toFrame(FrameType.LIMIT));
  }

  @Override
  public void ended(Slot ended, Execution execution, Outcome.Timed outcome, Duration worked) {
    boolean wornOut = abandoned.running() > 0;
    Frame frame = JobFrames.ended(new JobFrames.Ended(outcome, wornOut));
    if (frame.body().length > HorseChannel.MAXIMUM_BODY) {
      frame = JobFrames.ended(new JobFrames.Ended(tooLarge(frame, outcome.took()), wornOut));
    }
    send(frame);
  }

  private static Outcome.Timed tooLarge(Frame frame, Duration took) {
    PythonError problem =
        new PythonError("ValueError", "what the job left cannot be handed to the worker: " + frame);
    return new Outcome.Timed(new Outcome.Failed(FailureText.of(problem)), took);
  }

  private void send(Frame frame) {
    try {
      channel.send(frame);
    } catch (IOException e) {
      log.debug("Work horse: its worker is gone", e);
    }
  }
}
