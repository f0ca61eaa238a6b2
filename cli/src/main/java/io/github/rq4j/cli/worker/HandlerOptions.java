package io.github.rq4j.cli.worker;

import io.github.rq4j.worker.Handlers;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say where functions come from. */
public final class HandlerOptions {
  @Option(
      names = "--handlers",
      paramLabel = "CLASS",
      split = ",",
      description = "Classes with annotated functions, separated by commas; can be repeated.")
  private String[] classes = {};

  @Option(
      names = "--classpath",
      paramLabel = "PATH",
      description = "Jars and directories of the functions, as for java; dir/* for all its jars.")
  private String classPath = "";

  /**
   * Opens what {@code --classpath} names.
   *
   * @throws io.github.rq4j.cli.console.CommandFailure if something of it is not there
   */
  public HandlerClassPath open() throws IOException {
    return HandlerClassPath.of(classPath);
  }

  /**
   * Finds the functions.
   *
   * @param opened what {@link #open} gave
   * @throws io.github.rq4j.cli.console.CommandFailure if there are none, or a class is not there
   */
  public Handlers find(HandlerClassPath opened) {
    return new HandlerSearch(opened.loader()).find(classes);
  }

  String classPath() {
    return classPath;
  }

  List<String> classNames() {
    return List.of(classes);
  }
}
