package io.github.rq4j.worker;

import io.github.rq4j.client.CallRunner;
import io.github.rq4j.client.Queue;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import org.jspecify.annotations.Nullable;

/** Makes queues whose jobs run at once in the thread that enqueues them. */
public final class SynchronousQueue {
  private SynchronousQueue() {}

  /**
   * The same queue, whose jobs run at once in the thread that enqueues them, with these functions;
   * RQ's {@code is_async=False}. The callbacks that are registered with them are called when the
   * end of the job is stored; one that is not registered, or throws, ends the call with {@link
   * io.github.rq4j.client.CallbackFailedException}.
   *
   * @param queue whose name, settings and connection are used
   * @param handlers the functions; a job of another name fails as in a worker
   */
  public static Queue of(Queue queue, Handlers handlers) {
    return queue.synchronous(new HandlerRunner(handlers));
  }

  private record HandlerRunner(Handlers handlers) implements CallRunner {
    /** What RQ calls the worker of such jobs. */
    private static final String WORKER_NAME = "sync";

    @Override
    public @Nullable Object run(JobData call) throws Exception {
      return handlers.run(call);
    }

    @Override
    public String traceback(Throwable failure) {
      return failure(failure).traceback();
    }

    @Override
    public void returned(Run run, String callback, @Nullable Object result) throws Exception {
      handlers
          .onSuccess(callback)
          .orElseThrow(() -> Handlers.unknownFunction(callback))
          .call(executed(run), result);
    }

    @Override
    public void failed(Run run, String callback, Throwable failure) throws Exception {
      handlers
          .onFailure(callback)
          .orElseThrow(() -> Handlers.unknownFunction(callback))
          .call(executed(run), failure(failure));
    }

    private JobFailure failure(Throwable thrown) {
      return FailureText.of(thrown, handlers.exceptionMappings());
    }

    private static ExecutedJob executed(Run run) {
      ClaimedJob claimed = new ClaimedJob(run.job(), "", "", run.startedAt());
      JobDataFormat format = new JobDataFormat(run.serializer(), CodecLimits.defaults());
      return new ExecutedJob(claimed, format, run.serializer(), WORKER_NAME);
    }
  }
}
