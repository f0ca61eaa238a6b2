package io.github.rq4j.testkit;

import io.github.rq4j.local.CommandResult;
import io.github.rq4j.local.LocalToolException;
import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.local.PythonInterpreter;
import io.github.rq4j.testservers.PythonErrorException;
import io.github.rq4j.testservers.PythonFixtures;
import io.github.rq4j.testservers.PythonJob;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.RqRelease;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Python with real RQ, in a virtualenv of its own, at work on one Redis database.
 *
 * <p>The virtualenv is made once, which needs a package index, and kept in the user's cache: later
 * runs need no network. Reading and enqueuing go through one Python process that lives as long as
 * this object; {@link #work} and {@link #run} start others. All of them find the modules that were
 * named, and the database under {@code RQ_REDIS_URL}. Thread-safe: calls take turns.
 */
public final class RealPython implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String QUEUE = "default";

  private final PythonEnvironment environment;
  private final PythonRq rq;

  private RealPython(PythonEnvironment environment, PythonRq rq) {
    this.environment = environment;
    this.rq = rq;
  }

  /** Options: the newest RQ that pip finds, on the best Python 3 of this machine. */
  public static Builder builder() {
    return new Builder();
  }

  /** The version of RQ, such as {@code 2.0.0}. */
  public String rqVersion() {
    return environment.versionOf("rq");
  }

  /**
   * Enqueues a function to the queue {@code default}.
   *
   * @param function its full name, such as {@code shop.tasks.total}; Python need not have it
   * @param arguments as Python has them between the parentheses of a call: {@code 17, lang='de'}.
   *     {@code date}, {@code datetime}, {@code timedelta}, {@code Decimal}, {@code UUID} and {@code
   *     import_module(name)} are known there
   * @return the job's id
   * @throws PythonErrorException if Python raises
   */
  public String enqueue(String function, String arguments) {
    return enqueue(QUEUE, function, arguments, "");
  }

  /**
   * Enqueues a function.
   *
   * @param queue the queue's name
   * @param function its full name; Python need not have it
   * @param arguments as Python has them between the parentheses of a call
   * @param options the named arguments of RQ's {@code enqueue}, written in the same way: {@code
   *     job_timeout=5, retry=Retry(max=2)}; also {@code enqueue_at=} and {@code enqueue_in=}
   * @return the job's id
   * @throws PythonErrorException if Python raises
   */
  public String enqueue(String queue, String function, String arguments, String options) {
    return rq.enqueueTo(queue, function, arguments, options);
  }

  /**
   * Runs the jobs of queues to their end with {@code rq worker --burst}.
   *
   * @param queues their names; {@code default} if none is given
   * @return what the worker printed
   * @throws IllegalStateException if it failed as a program; failed jobs are no such failure
   * @throws LocalToolException if it takes more than two minutes
   */
  public String work(String... queues) {
    Stream<String> names = queues.length == 0 ? Stream.of(QUEUE) : Stream.of(queues);
    CommandResult result =
        rq.rq(Stream.concat(Stream.of("worker", "--burst"), names).toArray(String[]::new));
    return succeeded(result).stdout() + result.stderr();
  }

  /**
   * Runs a Python program to its end.
   *
   * @param code its text
   * @return what it printed to standard output
   * @throws IllegalStateException if it failed; quotes what it printed
   * @throws LocalToolException if it takes more than two minutes
   */
  public String run(String code) {
    return python("-c", code);
  }

  /**
   * Runs a module as a program, as {@code python -m} does.
   *
   * @param module its full name
   * @param arguments for the program
   * @return what it printed to standard output
   * @throws IllegalStateException if it failed; quotes what it printed
   * @throws LocalToolException if it takes more than two minutes
   */
  public String runModule(String module, String... arguments) {
    return python(
        Stream.concat(Stream.of("-m", module), Stream.of(arguments)).toArray(String[]::new));
  }

  private String python(String... arguments) {
    return succeeded(environment.run(LIMIT, "python", arguments)).stdout();
  }

  private static CommandResult succeeded(CommandResult result) {
    if (!result.succeeded()) {
      throw new IllegalStateException(
          "the Python program failed with exit code "
              + result.exitCode()
              + ":\n"
              + result.stdout()
              + result.stderr());
    }
    return result;
  }

  /**
   * Reads a job with RQ's own client.
   *
   * @throws PythonErrorException if there is none of that id, or RQ cannot read it
   */
  public PythonReading read(String jobId) {
    PythonJob job = rq.job(jobId);
    return new PythonReading(
        job.id(), job.status(), job.returnValue().repr(), job.excInfo(), job.meta().repr());
  }

  /**
   * The value of a Python expression, as {@code repr()} shows it. Besides the names of {@link
   * #enqueue(String, String)}, {@code job(id)}, {@code queue(name)} and {@code connection} are
   * known.
   *
   * @throws PythonErrorException if Python raises
   */
  public String eval(String expression) {
    return rq.eval(expression).repr();
  }

  /** The interpreter of which the virtualenv was made, for people. */
  public String interpreter() {
    return environment.interpreter().toString();
  }

  /** Ends the Python process. */
  @Override
  public void close() {
    rq.close();
  }

  /** The version of RQ and the interpreter. */
  @Override
  public String toString() {
    return "RQ " + rqVersion() + " on " + interpreter();
  }

  /** Options for a {@link RealPython}. Not thread-safe. */
  public static final class Builder {

    private @Nullable String rq;
    private @Nullable String python;
    private List<String> requirements = List.of();
    private List<Path> modules = List.of();

    private Builder() {}

    /** The version of RQ, such as {@code 2.0.0}; by default the newest that pip finds. */
    public Builder rq(String version) {
      this.rq = version;
      return this;
    }

    /** The series of Python, such as {@code 3.9}; by default the best Python 3 that is found. */
    public Builder python(String series) {
      this.python = series;
      return this;
    }

    /** What to install besides RQ, in pip's notation: {@code pydantic==2.10.6}. */
    public Builder requirements(String... pipRequirements) {
      this.requirements = List.of(pipRequirements);
      return this;
    }

    /**
     * Folders to import from, such as the one that holds the package {@code shop}; relative ones
     * start in the working directory.
     */
    public Builder modules(Path... directories) {
      this.modules = List.of(directories);
      return this;
    }

    /**
     * Finds or makes the virtualenv, and starts Python.
     *
     * @param url the Redis database
     * @throws LocalToolException if there is no suitable Python, or pip fails
     */
    public RealPython start(String url) {
      List<String> wanted = new ArrayList<>();
      wanted.add(rq == null ? "rq" : "rq==" + rq);
      wanted.addAll(requirements);
      List<Path> paths = new ArrayList<>(modules);
      paths.add(PythonFixtures.bundledModules());
      PythonEnvironment environment =
          PythonEnvironment.builder(
                  python == null ? PythonInterpreter.find() : PythonInterpreter.ofSeries(python))
              .requirements(wanted)
              .prepare()
              .withModules(paths.toArray(Path[]::new))
              .withVariable("RQ_REDIS_URL", url);
      RqRelease release =
          new RqRelease(environment.versionOf("rq"), environment.interpreter().version(), wanted);
      return new RealPython(environment, PythonRq.start(release, environment, URI.create(url)));
    }
  }
}
