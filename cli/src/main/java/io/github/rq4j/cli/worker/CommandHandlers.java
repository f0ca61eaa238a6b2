package io.github.rq4j.cli.worker;

import io.github.rq4j.cli.console.LogLevel;
import io.github.rq4j.cli.console.LogOutput;
import io.github.rq4j.cli.settings.SerializerNames;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.HandlersFactory;
import java.io.IOException;
import java.util.List;

/**
 * Makes in a work horse what the command found in its own process. What the command was told comes
 * as system properties.
 */
public final class CommandHandlers implements HandlersFactory {
  private static final String CLASS_PATH = "rq4j.horse.classpath";
  private static final String CLASSES = "rq4j.horse.handlers";
  private static final String SERIALIZER = "rq4j.horse.serializer";
  private static final String LEVEL = "rq4j.horse.level";

  /** Reads nothing yet. */
  public CommandHandlers() {}

  /** The options of a horse's JVM that tell it so. */
  static List<String> jvmOptions(
      String classPath, List<String> classNames, String serializer, LogLevel level) {
    return List.of(
        "-D" + CLASS_PATH + "=" + classPath,
        "-D" + CLASSES + "=" + String.join(",", classNames),
        "-D" + SERIALIZER + "=" + serializer,
        "-D" + LEVEL + "=" + level);
  }

  @Override
  public Handlers handlers() throws IOException {
    LogLevel level = LogLevel.ofName(System.getProperty(LEVEL, "")).orElse(LogLevel.INFO);
    LogOutput.configure(System.out, System.err, level);
    String classes = System.getProperty(CLASSES, "");
    // Open for as long as the process lives: classes are loaded when they are first needed.
    HandlerClassPath classPath = HandlerClassPath.of(System.getProperty(CLASS_PATH, ""));
    Thread.currentThread().setContextClassLoader(classPath.loader());
    return new HandlerSearch(classPath.loader())
        .find(classes.isEmpty() ? new String[0] : classes.split(","));
  }

  @Override
  public Serializer serializer() {
    return SerializerNames.serializer(System.getProperty(SERIALIZER, ""));
  }
}
