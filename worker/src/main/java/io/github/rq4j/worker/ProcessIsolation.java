package io.github.rq4j.worker;

import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/**
 * How a worker runs its jobs in child processes, RQ's work horses: each slot has one, which runs
 * its jobs in turn, and some more wait so that none has to be waited for. A horse is a JVM that can
 * be killed for good: at a timeout, on command, or by what a function does to it. Immutable.
 *
 * <pre>{@code
 * RqWorker.builder(url, new ShopFunctions().handlers())
 *     .isolation(ProcessIsolation.of(ShopFunctions.class).jvmOptions("-Xmx256m"));
 * }</pre>
 */
public final class ProcessIsolation {
  private static final int DEFAULT_JOBS_PER_HORSE = 1_000;

  private final Class<? extends HandlersFactory> factory;
  private final int jobsPerHorse;
  private final int spareHorses;
  private final List<String> jvmOptions;
  private final String classPath;
  private final Redirect output;
  private final Redirect errors;

  private ProcessIsolation(
      Class<? extends HandlersFactory> factory,
      int jobsPerHorse,
      int spareHorses,
      List<String> jvmOptions,
      String classPath,
      Redirect output,
      Redirect errors) {
    this.factory = factory;
    this.jobsPerHorse = jobsPerHorse;
    this.spareHorses = spareHorses;
    this.jvmOptions = jvmOptions;
    this.classPath = classPath;
    this.output = output;
    this.errors = errors;
  }

  /**
   * Horses whose functions this class makes; all else by default.
   *
   * @throws IllegalArgumentException if the class is not public, or has no public constructor
   *     without parameters
   */
  public static ProcessIsolation of(Class<? extends HandlersFactory> factory) {
    int modifiers = factory.getModifiers();
    boolean canBeMade =
        Arrays.stream(factory.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
    if (!Modifier.isPublic(modifiers) || Modifier.isAbstract(modifiers) || !canBeMade) {
      throw new IllegalArgumentException(
          factory.getName()
              + " has to be a public class with a public constructor without parameters, so that a"
              + " work horse can make one");
    }
    return new ProcessIsolation(
        factory,
        DEFAULT_JOBS_PER_HORSE,
        1,
        List.of(),
        System.getProperty("java.class.path", ""),
        Redirect.INHERIT,
        Redirect.INHERIT);
  }

  /**
   * After how many jobs a horse is replaced by a fresh one, at least 1. Default: 1000. With 1, each
   * job has a process of its own, as in RQ. The horses that a worker with several slots begins with
   * are replaced earlier, so that not all are replaced at once.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public ProcessIsolation jobsPerHorse(int jobs) {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobsPerHorse must be at least 1, not " + jobs);
    }
    return new ProcessIsolation(factory, jobs, spareHorses, jvmOptions, classPath, output, errors);
  }

  /**
   * How many horses a worker keeps ready besides those of its slots, not negative. Default: 1.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public ProcessIsolation spareHorses(int horses) {
    if (horses < 0) {
      throw new IllegalArgumentException("spareHorses must not be negative: " + horses);
    }
    return new ProcessIsolation(
        factory, jobsPerHorse, horses, jvmOptions, classPath, output, errors);
  }

  /**
   * Options of a horse's JVM, such as {@code -Xmx256m}; replaces those given before. None of the
   * worker's own are passed on. {@code -XX:+ExitOnOutOfMemoryError} is always set, unless {@code
   * -XX:-ExitOnOutOfMemoryError} is among these.
   */
  public ProcessIsolation jvmOptions(String... options) {
    return new ProcessIsolation(
        factory,
        jobsPerHorse,
        spareHorses,
        List.copyOf(Arrays.asList(options)),
        classPath,
        output,
        errors);
  }

  /** Where a horse finds its classes, as for {@code java -cp}. Default: as this JVM. */
  public ProcessIsolation classPath(String path) {
    return new ProcessIsolation(
        factory, jobsPerHorse, spareHorses, jvmOptions, path, output, errors);
  }

  /**
   * Where the standard output and standard error of horses go, and with them what their functions
   * print. Default: where those of this JVM go.
   *
   * @throws IllegalArgumentException if one is {@link Redirect#PIPE}, which nobody would read
   */
  public ProcessIsolation output(Redirect standardOutput, Redirect standardError) {
    if (standardOutput.equals(Redirect.PIPE) || standardError.equals(Redirect.PIPE)) {
      throw new IllegalArgumentException("the output of work horses cannot go to a pipe");
    }
    return new ProcessIsolation(
        factory, jobsPerHorse, spareHorses, jvmOptions, classPath, standardOutput, standardError);
  }

  Class<? extends HandlersFactory> factory() {
    return factory;
  }

  int jobsPerHorse() {
    return jobsPerHorse;
  }

  int spareHorses() {
    return spareHorses;
  }

  List<String> jvmOptions() {
    return jvmOptions;
  }

  String classPath() {
    return classPath;
  }

  Redirect output() {
    return output;
  }

  Redirect errors() {
    return errors;
  }
}
