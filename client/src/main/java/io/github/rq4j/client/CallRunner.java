package io.github.rq4j.client;

import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.Serializer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Runs calls in the thread that enqueues them, for {@link Queue#synchronous}. */
public interface CallRunner {

  /**
   * A job that was run, for its callbacks.
   *
   * @param job the job's fields as they were stored before the run
   * @param serializer what wrote its call and meta
   * @param startedAt when the run began
   */
  record Run(StoredJob job, Serializer serializer, Instant startedAt) {}

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

  /**
   * Calls a job's success callback, after the end has been stored. Does nothing unless overridden.
   *
   * @param callback the callback's dotted Python name
   * @param result what the function returned
   * @throws Exception what the callback threw, or that there is none of this name
   */
  default void returned(Run run, String callback, @Nullable Object result) throws Exception {}

  /**
   * Calls a job's failure callback, after the end has been stored. Does nothing unless overridden.
   *
   * @param callback the callback's dotted Python name
   * @param failure what the function threw
   * @throws Exception what the callback threw, or that there is none of this name
   */
  default void failed(Run run, String callback, Throwable failure) throws Exception {}
}
