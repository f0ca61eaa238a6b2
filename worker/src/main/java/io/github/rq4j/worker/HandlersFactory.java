package io.github.rq4j.worker;

import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.pickle.PickleSerializer;

/**
 * Makes a worker's functions in its work horses, which are processes of their own: see {@link
 * ProcessIsolation}. The implementing class is public and has a public constructor without
 * parameters. The worker that it serves is built with equal functions, best those that the same
 * class makes.
 */
public interface HandlersFactory {

  /**
   * The functions. Called once in each horse, before its first job.
   *
   * @throws Exception if they cannot be made; the horse then does not start, and its worker says
   *     why
   */
  Handlers handlers() throws Exception;

  /** What turns arguments and results into bytes: the worker's serializer. Default: pickle. */
  default Serializer serializer() {
    return PickleSerializer.defaults();
  }
}
