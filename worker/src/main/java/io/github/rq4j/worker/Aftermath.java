package io.github.rq4j.worker;

import io.github.rq4j.client.wire.JobFields;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows one run before its outcome is stored, in RQ's order: success callback; or failure
 * callback, log line and exception handlers. Each step may change the outcome, and each has a time
 * limit, after which the rest goes on in another thread.
 */
final class Aftermath {
  private static final Logger log = LoggerFactory.getLogger(Aftermath.class);

  private final WorkerConfig config;
  private final ClaimedJob claimed;
  private final ExecutedJob job;
  private final LimitedCalls calls;
  private final ExceptionHandlerChain handlers;

  Aftermath(WorkerConfig config, ClaimedJob claimed, String workerName, LimitedCalls calls) {
    this.config = config;
    this.claimed = claimed;
    this.job = new ExecutedJob(claimed, config, workerName);
    this.calls = calls;
    this.handlers = new ExceptionHandlerChain(config.exceptionHandlers(), job, calls);
  }

  /**
   * Takes all steps.
   *
   * @param then given the outcome that is to be stored; returns whether its thread may still be
   *     used
   * @return whether the current thread may still be used
   */
  boolean follow(Outcome outcome, Predicate<Outcome> then) {
    if (outcome instanceof Outcome.Finished finished) {
      return returned(finished, then);
    }
    if (outcome instanceof Outcome.Failed failed) {
      return failed(failed.failure(), then);
    }
    if (outcome instanceof Outcome.Stopped) {
      return stopped(() -> then.test(outcome));
    }
    return then.test(outcome);
  }

  /**
   * Calls the stopped callback, if the job has one. What it throws is logged.
   *
   * @param then what follows; returns whether its thread may still be used
   * @return whether the current thread may still be used
   */
  boolean stopped(BooleanSupplier then) {
    String name = claimed.job().text(JobFields.STOPPED_CALLBACK_NAME);
    if (name == null) {
      return then.getAsBoolean();
    }
    LimitedCalls.Body body =
        () -> {
          Optional<StopCallback> callback = config.handlers().onStopped(name);
          if (callback.isEmpty()) {
            throw unknown("stopped", name, "onStopped");
          }
          callback.get().call(job);
        };
    return calls.call(
        body,
        claimed.callbackSeconds(JobFields.STOPPED_CALLBACK_TIMEOUT),
        problem -> {
          if (problem != null) {
            log.error("Job {}: error while executing stopped callback", claimed.id(), problem);
          }
          return then.getAsBoolean();
        });
  }

  private boolean returned(Outcome.Finished finished, Predicate<Outcome> then) {
    String name = claimed.job().text(JobFields.SUCCESS_CALLBACK_NAME);
    if (name == null) {
      return then.test(finished);
    }
    long seconds = claimed.callbackSeconds(JobFields.SUCCESS_CALLBACK_TIMEOUT);
    Optional<SuccessCallback> callback = config.handlers().onSuccess(name);
    if (callback.isEmpty()) {
      CallbackJob elsewhere = config.callbackJobs().success(job, name, seconds).orElse(null);
      return elsewhere == null
          ? failed(failure(unknown("success", name, "onSuccess")), then)
          : then.test(new Outcome.Finished(finished.returned(), finished.value(), elsewhere));
    }
    return calls.call(
        () -> callback.get().call(job, finished.returned()),
        seconds,
        problem -> problem == null ? then.test(finished) : failed(failure(problem), then));
  }

  private boolean failed(JobFailure failure, Predicate<Outcome> then) {
    String name = claimed.job().text(JobFields.FAILURE_CALLBACK_NAME);
    if (name == null) {
      return handled(new Outcome.Failed(failure), then);
    }
    long seconds = claimed.callbackSeconds(JobFields.FAILURE_CALLBACK_TIMEOUT);
    Optional<FailureCallback> callback = config.handlers().onFailure(name);
    if (callback.isEmpty()) {
      CallbackJob elsewhere =
          config.callbackJobs().failure(job, name, seconds, failure).orElse(null);
      JobFailure stored =
          elsewhere == null
              ? failure.followedBy(failure(unknown("failure", name, "onFailure")))
              : failure;
      return handled(new Outcome.Failed(stored, elsewhere), then);
    }
    return calls.call(
        () -> callback.get().call(job, failure),
        seconds,
        problem -> {
          if (problem == null) {
            return handled(new Outcome.Failed(failure), then);
          }
          log.error("Job {}: error while executing failure callback", claimed.id(), problem);
          return handled(new Outcome.Failed(failure.followedBy(failure(problem))), then);
        });
  }

  private boolean handled(Outcome.Failed failed, Predicate<Outcome> then) {
    WorkerLog.failed(job, failed.text());
    return handlers.call(failed.failure(), () -> then.test(failed));
  }

  private JobFailure failure(Throwable thrown) {
    return FailureText.of(thrown, config.handlers().exceptionMappings());
  }

  private static PythonError unknown(String kind, String name, String method) {
    return new PythonError(
        "ValueError",
        "Invalid attribute name: "
            + name
            + " (no Java function is registered as "
            + kind
            + " callback under this name: register one by Handlers.Builder."
            + method
            + ", or give the worker a callback queue, so that a Python worker calls it)");
  }
}
