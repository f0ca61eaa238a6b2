package io.github.rq4j.worker;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a worker's exception handlers of one job's failure, in their order, until one says no. */
final class ExceptionHandlerChain {
  private static final Logger log = LoggerFactory.getLogger(ExceptionHandlerChain.class);
  private static final long SECONDS = 60;

  private final List<ExceptionHandler> handlers;
  private final ExecutedJob job;
  private final LimitedCalls calls;

  ExceptionHandlerChain(List<ExceptionHandler> handlers, ExecutedJob job, LimitedCalls calls) {
    this.handlers = handlers;
    this.job = job;
    this.calls = calls;
  }

  /**
   * Calls the handlers.
   *
   * @param then what follows; returns whether its thread may still be used
   * @return whether the current thread may still be used
   */
  boolean call(JobFailure failure, BooleanSupplier then) {
    return callFrom(0, failure, then);
  }

  private boolean callFrom(int place, JobFailure failure, BooleanSupplier then) {
    if (place >= handlers.size()) {
      return then.getAsBoolean();
    }
    AtomicBoolean next = new AtomicBoolean(true);
    return calls.call(
        () -> next.set(handlers.get(place).handle(job, failure)),
        SECONDS,
        problem -> {
          if (problem != null) {
            log.error(
                "Job {}: an exception handler raised; the job's own failure is stored all the same",
                job.id(),
                problem);
          }
          return callFrom(next.get() ? place + 1 : handlers.size(), failure, then);
        });
  }
}
