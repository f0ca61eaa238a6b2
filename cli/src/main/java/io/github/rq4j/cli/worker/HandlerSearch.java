package io.github.rq4j.cli.worker;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.worker.HandlerProvider;
import io.github.rq4j.worker.Handlers;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the functions of a worker: in named classes, and through {@link HandlerProvider}. */
public final class HandlerSearch {
  private final ClassLoader loader;

  /** A search in what this loader finds. */
  public HandlerSearch(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Collects all functions.
   *
   * @param classNames classes with annotated functions, beside which providers are looked for
   * @throws CommandFailure if a class or provider cannot be used, or there is no function at all
   */
  public Handlers find(String... classNames) {
    Handlers.Builder builder = Handlers.builder();
    for (String name : classNames) {
      registerClass(name.strip(), builder);
    }
    registerProviders(builder);
    Handlers handlers = builder.build();
    if (handlers.names().isEmpty()) {
      throw CommandFailure.misuse(
          "no functions to run: name classes with @RqFunction methods by --handlers, or put a jar"
              + " with a HandlerProvider on --classpath");
    }
    return handlers;
  }

  private void registerClass(String name, Handlers.Builder builder) {
    try {
      builder.registerAnnotated(Class.forName(name, true, loader));
    } catch (ClassNotFoundException e) {
      throw CommandFailure.misuse(
          "--handlers: there is no class " + name + "; --classpath says where to look", e);
    } catch (LinkageError e) {
      throw CommandFailure.misuse("--handlers: " + name + " cannot be loaded: " + e, e);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.misuse("--handlers: " + e.getMessage(), e);
    }
  }

  private void registerProviders(Handlers.Builder builder) {
    try {
      for (HandlerProvider provider : ServiceLoader.load(HandlerProvider.class, loader)) {
        provider.register(builder);
      }
    } catch (ServiceConfigurationError | LinkageError | IllegalArgumentException e) {
      throw CommandFailure.misuse("a HandlerProvider cannot be used: " + e.getMessage(), e);
    }
  }
}
