package io.github.rq4j.worker;

import io.github.rq4j.client.CallRunner;
import io.github.rq4j.client.Queue;
import io.github.rq4j.codec.JobData;
import org.jspecify.annotations.Nullable;

/** Makes queues whose jobs run at once in the thread that enqueues them. */
public final class SynchronousQueue {
  private SynchronousQueue() {}

  /**
   * The same queue, whose jobs run at once in the thread that enqueues them, with these functions;
   * RQ's {@code is_async=False}.
   *
   * @param queue whose name, settings and connection are used
   * @param handlers the functions; a job of another name fails as in a worker
   */
  public static Queue of(Queue queue, Handlers handlers) {
    return queue.synchronous(new HandlerRunner(handlers));
  }

  private record HandlerRunner(Handlers handlers) implements CallRunner {
    @Override
    public @Nullable Object run(JobData call) throws Exception {
      return handlers.run(call);
    }

    @Override
    public String traceback(Throwable failure) {
      return FailureText.of(failure).traceback();
    }
  }
}
