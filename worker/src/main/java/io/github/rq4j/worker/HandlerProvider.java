package io.github.rq4j.worker;

/**
 * Brings the functions of a jar to {@code rq4j worker}: list the implementing class in {@code
 * META-INF/services/io.github.rq4j.worker.HandlerProvider}.
 */
public interface HandlerProvider {

  /** Registers the functions. Called once, when the worker starts. */
  void register(Handlers.Builder handlers);
}
