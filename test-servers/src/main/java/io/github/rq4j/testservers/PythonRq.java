package io.github.rq4j.testservers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rq4j.local.CommandResult;
import io.github.rq4j.local.PythonEnvironment;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real Python RQ of one release, at work on one Redis database.
 *
 * <p>Enqueuing and reading are done by a Python process that stays for the life of this object and
 * uses nothing but RQ's own classes; workers run in that process ({@link #workBurst}) or as {@code
 * rq worker} processes of their own ({@link #rq}). Arguments, options and values are written as
 * Python expressions, in which {@code datetime}, {@code timedelta}, {@code timezone}, {@code
 * Decimal}, {@code UUID}, {@code Retry}, {@code Callback}, {@code Dependency}, {@code tasks},
 * {@code job(id)}, {@code queue(name)} and {@code connection} have their meaning. Job functions lie
 * in {@code rq4j_fixtures.tasks}.
 *
 * <p>Every call is bounded. Thread-safe: calls take turns.
 */
public final class PythonRq implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);

  private final RqRelease release;
  private final PythonEnvironment environment;
  private final URI redis;
  private final PythonDriver driver;

  private PythonRq(
      RqRelease release, PythonEnvironment environment, URI redis, PythonDriver driver) {
    this.release = release;
    this.environment = environment;
    this.redis = redis;
    this.driver = driver;
  }

  /**
   * Makes the release's virtualenv if need be, and starts its process.
   *
   * @param redis the address with the number of the database
   */
  public static PythonRq start(RqRelease release, URI redis) {
    return start(release, release.prepare(), redis);
  }

  /**
   * Starts the process of a cell.
   *
   * @param environment the cell's, see {@link RqCells#prepare}
   * @param redis the address with the number of the database
   */
  public static PythonRq start(RqCell cell, PythonEnvironment environment, URI redis) {
    return start(cell.release(), environment, redis);
  }

  /**
   * Starts the process in a virtualenv that has the release.
   *
   * @param environment has {@link PythonFixtures#bundledModules} among its modules
   * @param redis the address with the number of the database
   */
  public static PythonRq start(RqRelease release, PythonEnvironment environment, URI redis) {
    return new PythonRq(release, environment, redis, PythonDriver.start(environment, redis));
  }

  /** The release of RQ that runs here. */
  public RqRelease release() {
    return release;
  }

  /**
   * Enqueues a function by its name.
   *
   * @param function its full name, such as {@code rq4j_fixtures.tasks.add}; Python need not know it
   * @param arguments as between the parentheses of a call: {@code 1, y=2}
   * @return the job's id
   */
  public String enqueue(String function, String arguments) {
    return enqueue(function, arguments, "");
  }

  /**
   * Enqueues a function by its name, with options.
   *
   * @param options the named arguments of RQ's {@code enqueue}, as between the parentheses of a
   *     call: {@code job_timeout=5, retry=Retry(max=2)}; also {@code enqueue_at=} and {@code
   *     enqueue_in=}
   * @return the job's id
   */
  public String enqueue(String function, String arguments, String options) {
    return enqueueTo("default", function, arguments, options);
  }

  /** The same, to a queue of the given name. */
  public String enqueueTo(String queue, String function, String arguments, String options) {
    return ask("enqueue", request(arguments, options, queue).put("function", function)).asText();
  }

  /** The same, written with RQ's JSON serializer. */
  public String enqueueAsJson(String queue, String function, String arguments, String options) {
    return ask(
            "enqueue",
            request(arguments, options, queue).put("function", function).put("serializer", "json"))
        .asText();
  }

  /**
   * Enqueues what only Python can name: a function object, a method of an object.
   *
   * @param callable an expression, such as {@code tasks.Counter(3).increment}
   * @return the job's id
   */
  public String enqueueCallable(String callable, String arguments, String options) {
    return ask("enqueue", request(arguments, options, "default").put("callable", callable))
        .asText();
  }

  private static ObjectNode request(String arguments, String options, String queue) {
    return fields().put("arguments", arguments).put("options", options).put("queue", queue);
  }

  /**
   * What RQ's own client reads of a job.
   *
   * @throws PythonErrorException if there is no such job or RQ cannot read it
   */
  public PythonJob job(String id) {
    return new PythonJob(ask("job", fields().put("id", id)));
  }

  /** The same for a job that was written with RQ's JSON serializer. */
  public PythonJob jobAsJson(String id) {
    return new PythonJob(ask("job", fields().put("id", id).put("serializer", "json")));
  }

  /** Whether RQ finds the job. */
  public boolean exists(String id) {
    return ask("exists", fields().put("id", id)).asBoolean();
  }

  /**
   * Compares what a job returned with an expression; types count, all the way down, and so does the
   * order of dictionaries.
   *
   * @return where they differ; empty if they do not
   */
  public Optional<String> resultDifference(String id, String expected) {
    return difference(id, "return_value", expected);
  }

  /**
   * Compares a part of a job with an expression, as {@link #resultDifference} does.
   *
   * @param field an attribute of RQ's job: {@code return_value}, {@code args}, {@code kwargs},
   *     {@code meta}, {@code instance}
   * @return where they differ; empty if they do not
   */
  public Optional<String> difference(String id, String field, String expected) {
    JsonNode found =
        ask("difference", fields().put("id", id).put("field", field).put("expected", expected));
    return found.isNull() ? Optional.empty() : Optional.of(found.asText());
  }

  /** The value of a Python expression. */
  public PythonValue eval(String expression) {
    JsonNode value = ask("eval", fields().put("expression", expression));
    return new PythonValue(value.path("repr").asText(), value.path("type").asText());
  }

  /** Deletes a job as RQ's client does. */
  public void delete(String id) {
    ask("delete", fields().put("id", id));
  }

  /** Cancels a job as RQ's client does. */
  public void cancel(String id) {
    ask("cancel", fields().put("id", id));
  }

  /** Requeues a failed job as RQ's client does. */
  public void requeue(String id) {
    ask("requeue", fields().put("id", id));
  }

  /**
   * The ids of the jobs in the queue of that name and in its registries, by {@code queued}, {@code
   * started}, {@code finished}, {@code failed}, {@code deferred}, {@code scheduled} and {@code
   * canceled}.
   */
  public Map<String, List<String>> registries(String name) {
    Map<String, List<String>> registries = new LinkedHashMap<>();
    ask("registries", fields().put("queue", name))
        .properties()
        .forEach(registry -> registries.put(registry.getKey(), texts(registry.getValue())));
    return registries;
  }

  /**
   * Every worker that RQ's {@code Worker.all()} finds, by its name; numbers as decimal text, lists
   * separated by commas, null for None.
   */
  public Map<String, Map<String, @Nullable String>> workers() {
    Map<String, Map<String, @Nullable String>> workers = new LinkedHashMap<>();
    for (JsonNode worker : ask("workers", fields())) {
      Map<String, @Nullable String> attributes = new LinkedHashMap<>();
      worker
          .properties()
          .forEach(entry -> attributes.put(entry.getKey(), plainText(entry.getValue())));
      workers.put(worker.path("name").asText(), attributes);
    }
    return workers;
  }

  private static @Nullable String plainText(JsonNode value) {
    if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(item.asText()));
      return String.join(",", items);
    }
    return value.isNull() ? null : value.asText();
  }

  /**
   * What this release's own classes cannot read of the keys that the database holds, one text for
   * each; a key that RQ does not know counts.
   */
  public List<String> unreadable() {
    return texts(ask("unreadable", fields()));
  }

  /**
   * Has RQ run jobs of each kind in an empty database, and tells in JSON all that they leave; what
   * differs from run to run is made equal.
   */
  public String capture() {
    return ask("capture", fields()).asText();
  }

  /**
   * Runs the jobs of the queues in Python's process with RQ's {@code SimpleWorker} until none is
   * left.
   *
   * @param queues their names; {@code default} if none is given
   * @return whether there was a job to run
   */
  public boolean workBurst(String... queues) {
    ObjectNode fields = fields();
    if (queues.length > 0) {
      List.of(queues).forEach(fields.putArray("queues")::add);
    }
    return ask("work_burst", fields).asBoolean();
  }

  /**
   * Runs the jobs of a queue as {@link #workBurst} does, but each in a process of its own, as
   * {@code rq worker} does it.
   */
  public boolean workBurstForking(String queue) {
    ObjectNode fields = fields().put("forking", true);
    fields.putArray("queues").add(queue);
    return ask("work_burst", fields).asBoolean();
  }

  /** Runs the jobs of a queue as {@link #workBurst} does, with RQ's JSON serializer. */
  public boolean workBurstAsJson(String queue) {
    ObjectNode fields = fields().put("serializer", "json");
    fields.putArray("queues").add(queue);
    return ask("work_burst", fields).asBoolean();
  }

  /** Moves the scheduled jobs that are due into the queue, as RQ's scheduler does. */
  public void enqueueScheduled(String queue) {
    ask("enqueue_scheduled", fields().put("queue", queue));
  }

  /**
   * Enqueues {@code rq4j_fixtures.tasks.decorated} through RQ's decorator {@code job}.
   *
   * @return the job's id
   */
  public String delay(String queue, String arguments) {
    return ask("delay", fields().put("queue", queue).put("arguments", arguments)).asText();
  }

  /**
   * Enqueues jobs of different kinds: calls of {@code echo}, {@code add} and {@code boom}.
   *
   * @param prefix what their names begin with
   * @return the jobs' ids
   */
  public List<String> enqueueMixture(String queue, int count, String prefix) {
    return texts(
        ask(
            "enqueue_mixture",
            fields().put("queue", queue).put("count", count).put("prefix", prefix)));
  }

  /** What became of the jobs of a mixture and should not have, one text for each. */
  public List<String> mistakesInMixture(List<String> ids) {
    ObjectNode fields = fields();
    ids.forEach(fields.putArray("ids")::add);
    return texts(ask("mistakes_in_mixture", fields));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /**
   * Runs RQ's command line program to its end, with this database as its default.
   *
   * @param arguments such as {@code "worker", "--burst", "default"} or {@code "info", "--raw"}
   * @throws io.github.rq4j.local.LocalToolException if it takes more than two minutes
   */
  public CommandResult rq(String... arguments) {
    return environment
        .withVariable("RQ_REDIS_URL", redis.toString())
        .run(COMMAND_LIMIT, "rq", arguments);
  }

  /**
   * RQ's command line program, ready to be started, for what shall run beside the test. Who starts
   * it ends it.
   */
  public ProcessBuilder rqCommand(String... arguments) {
    return environment.withVariable("RQ_REDIS_URL", redis.toString()).command("rq", arguments);
  }

  /** The virtualenv in which all this runs. */
  public PythonEnvironment environment() {
    return environment;
  }

  private JsonNode ask(String operation, ObjectNode fields) {
    return driver.ask(operation, fields, LIMIT);
  }

  private static ObjectNode fields() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Kills the process. */
  @Override
  public void close() {
    driver.close();
  }

  @Override
  public String toString() {
    return release + " on " + environment.interpreter();
  }
}
