package io.github.rq4j.client;

/**
 * What an interface extends whose proxies shall take options from call to call: {@code
 * tasks.with(options).sendInvoice(4711)}.
 *
 * @param <P> the interface itself
 */
public interface WithOptions<P> {

  /** A proxy of the same queue whose jobs have these options in place of the annotated ones. */
  P with(EnqueueOptions options);
}
