package io.github.rq4j.client;

/**
 * One job of {@link Queue#enqueueMany}; what RQ's {@code prepare_data} gives. Immutable.
 *
 * @param call what to call
 * @param options how to treat the job
 */
public record EnqueueData(Call call, EnqueueOptions options) {

  /** A call with RQ's defaults. */
  public static EnqueueData of(Call call) {
    return new EnqueueData(call, EnqueueOptions.defaults());
  }

  /** A call with options. */
  public static EnqueueData of(Call call, EnqueueOptions options) {
    return new EnqueueData(call, options);
  }
}
