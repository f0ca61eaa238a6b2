package io.github.rq4j.client;

import io.github.rq4j.codec.JobData;
import org.jspecify.annotations.Nullable;

/** Runs calls in the thread that enqueues them, for {@link Queue#synchronous}. */
public interface CallRunner {

  /**
   * Runs a call.
   *
   * @param call the call, with arguments as a worker decodes them
   * @return what the function returned; null for None
   * @throws Exception what the function threw
   */
  @Nullable Object run(JobData call) throws Exception;

  /** A failure as the text that RQ keeps of it. */
  String traceback(Throwable failure);
}
