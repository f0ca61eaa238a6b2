package io.github.rq4j.interop.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.CancelOption;
import io.github.rq4j.client.JobRegistry.Kind;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.interop.keyspace.Difference;
import io.github.rq4j.interop.keyspace.Keyspace;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the newest RQ's client and ours leave after the same operation on the same database. */
@WithPythonRq
@TestInstance(Lifecycle.PER_CLASS)
class SteeringDifferentialTest {
  private static final String ADD = "rq4j_fixtures.tasks.add";
  private static final String RATE_LIMIT = "import_module('rq.rate_limit').";
  private static final String GROUP = "import_module('rq.group').Group.";
  private static final String REGISTRY = "import_module('rq.registry').";

  /** Places where ours is meant to differ; docs/differences.md has a row for each. */
  private static final List<Pattern> KNOWN =
      List.of(
          // A requeued job would expire while it waits.
          Pattern.compile("rq:job:(bad|limited) expiry: RQ leaves now\\+\\d+s, we leave none"),
          // Every key has an end.
          Pattern.compile("rq:results:gone expiry: RQ leaves none, we leave now\\+\\d+s"),
          // Clients before 1.12 and dashboards read it there; ours is the text, RQ's is empty.
          Pattern.compile("rq:job:gone exc_info: .*", Pattern.DOTALL),
          // RQ before 1.4 stops at an empty moment.
          Pattern.compile("rq:job:\\w+ (started|ended)_at: RQ leaves .*, we leave <absent>"),
          // Queue.empty leaves them in RQ.
          Pattern.compile("rq:job::child:dependencies .*: RQ leaves .*, we leave <absent>"),
          Pattern.compile("rq:group:g members: RQ leaves \\[a, b], we leave \\[b]"));

  private static final class Scenario {
    private final String name;
    private final List<Consumer<PythonRq>> steps = new ArrayList<>();
    private final List<String[]> commands = new ArrayList<>();
    private String python = "";
    private Consumer<RqClient> java = client -> {};

    private Scenario(String name) {
      this.name = name;
    }

    Scenario enqueue(String id, String options) {
      return enqueue(ADD, id, options);
    }

    Scenario enqueue(String function, String id, String options) {
      String all = "job_id='" + id + "'" + (options.isEmpty() ? "" : ", " + options);
      steps.add(python -> python.enqueue(function, function.equals(ADD) ? "1, 2" : "", all));
      return this;
    }

    Scenario failing(String id, String options) {
      return enqueue("rq4j_fixtures.no_such_function", id, options);
    }

    Scenario eval(String expression) {
      steps.add(python -> python.eval(expression));
      return this;
    }

    Scenario work() {
      steps.add(PythonRq::workBurst);
      return this;
    }

    Scenario command(String... words) {
      commands.add(words);
      return this;
    }

    Scenario started(String id, long expiry) {
      return command("HSET", "rq:job:" + id, "status", "started", "worker_name", "w")
          .command("LREM", "rq:queue:default", "1", id)
          .command("ZADD", "rq:wip:default", Long.toString(expiry), id + ":x1")
          .command("ZADD", "rq:executions:" + id, "4000000000", "x1")
          .command(
              "HSET",
              "rq:execution:" + id + ":x1",
              "id",
              "x1",
              "job_id",
              id,
              "worker_name",
              "w",
              "created_at",
              "1700000000.5",
              "last_heartbeat",
              "1700000000.5")
          .command("SADD", "rq:worker:w:executions", id + ":x1");
    }

    Scenario python(String expression) {
      python = expression;
      return this;
    }

    Scenario java(Consumer<RqClient> operation) {
      java = operation;
      return this;
    }

    void prepare(PythonRq rq, TestRedis redis) {
      redis.flush();
      steps.forEach(step -> step.accept(rq));
      for (String[] words : commands) {
        String[] arguments = Arrays.copyOfRange(words, 1, words.length);
        redis.command(words[0], arguments);
      }
    }
  }

  private static Scenario scenario(String name) {
    return new Scenario(name);
  }

  private static List<Scenario> jobs() {
    return List.of(
        scenario("cancel a queued job")
            .enqueue("a", "")
            .python("job('a').cancel()")
            .java(client -> client.job("a").cancel()),
        scenario("cancel a scheduled job")
            .enqueue("a", "enqueue_in=timedelta(hours=1)")
            .python("job('a').cancel()")
            .java(client -> client.job("a").cancel()),
        scenario("cancel a finished job")
            .enqueue("a", "")
            .work()
            .python("job('a').cancel()")
            .java(client -> client.job("a").cancel()),
        scenario("cancel a failed job")
            .failing("a", "")
            .work()
            .python("job('a').cancel()")
            .java(client -> client.job("a").cancel()),
        scenario("cancel a started job")
            .enqueue("a", "")
            .started("a", 4_000_000_000L)
            .python("job('a').cancel()")
            .java(client -> client.job("a").cancel()),
        scenario("cancel a parent and leave its children")
            .enqueue("a", "")
            .enqueue("child", "depends_on='a'")
            .python("job('a').cancel()")
            .java(client -> client.job("a").cancel()),
        scenario("cancel a parent and enqueue its children")
            .enqueue("a", "")
            .enqueue("b", "")
            .enqueue("child", "depends_on='a'")
            .enqueue("other", "depends_on=['a', 'b']")
            .python("job('a').cancel(enqueue_dependents=True)")
            .java(client -> client.job("a").cancel(CancelOption.ENQUEUE_DEPENDENTS)),
        scenario("cancel a parent and enqueue its rate-limited child")
            .enqueue("a", "")
            .enqueue("child", "depends_on='a', rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .python("job('a').cancel(enqueue_dependents=True)")
            .java(client -> client.job("a").cancel(CancelOption.ENQUEUE_DEPENDENTS)),
        scenario("cancel a child and have its parent forget it")
            .enqueue("a", "")
            .enqueue("child", "depends_on='a'")
            .python("job('child').cancel(remove_from_dependencies=True)")
            .java(client -> client.job("child").cancel(CancelOption.REMOVE_FROM_DEPENDENCIES)),
        scenario("cancel a job that holds a place under a rate limit")
            .enqueue("a", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .enqueue("b", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .python("job('a').cancel()")
            .java(client -> client.job("a").cancel()),
        scenario("cancel a job that waits under a rate limit")
            .enqueue("a", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .enqueue("b", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .python("job('b').cancel()")
            .java(client -> client.job("b").cancel()),
        scenario("delete a queued job")
            .enqueue("a", "")
            .enqueue("b", "")
            .python("job('a').delete()")
            .java(client -> client.job("a").delete()),
        scenario("delete a finished job")
            .enqueue("a", "")
            .work()
            .python("job('a').delete()")
            .java(client -> client.job("a").delete()),
        scenario("delete a failed job")
            .failing("a", "")
            .work()
            .python("job('a').delete()")
            .java(client -> client.job("a").delete()),
        scenario("delete a started job")
            .enqueue("a", "")
            .started("a", 4_000_000_000L)
            .python("job('a').delete()")
            .java(client -> client.job("a").delete()),
        scenario("delete a canceled job")
            .enqueue("a", "")
            .eval("job('a').cancel()")
            .python("job('a').delete()")
            .java(client -> client.job("a").delete()),
        scenario("delete a parent and leave its children")
            .enqueue("a", "")
            .enqueue("child", "depends_on='a'")
            .python("job('a').delete()")
            .java(client -> client.job("a").delete()),
        scenario("delete a parent with its children")
            .enqueue("a", "")
            .enqueue("child", "depends_on='a'")
            .enqueue("grandchild", "depends_on='child'")
            .python("job('a').delete(delete_dependents=True)")
            .java(client -> client.job("a").deleteWithDependents()),
        scenario("delete a job of a group")
            .eval(
                GROUP
                    + "create(connection, 'g').enqueue_many(queue(), [Queue.prepare_data('"
                    + ADD
                    + "', job_id=i) for i in ('a', 'b')])")
            .python("job('a').delete()")
            .java(client -> client.job("a").delete()),
        scenario("delete a job that holds a place under a rate limit")
            .enqueue("a", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .enqueue("b", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .python("job('a').delete()")
            .java(client -> client.job("a").delete()),
        scenario("delete a running job under a rate limit")
            .enqueue("a", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .enqueue("b", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .started("a", 4_000_000_000L)
            .python("job('a').delete()")
            .java(client -> client.job("a").delete()),
        scenario("requeue a failed job")
            .failing("bad", "")
            .work()
            .enqueue("b", "")
            .python("job('bad').requeue()")
            .java(client -> client.job("bad").requeue()),
        scenario("requeue a failed job at the front")
            .failing("bad", "failure_ttl=100, retry=Retry(max=1)")
            .work()
            .enqueue("b", "")
            .python("job('bad').requeue(at_front=True)")
            .java(client -> client.job("bad").requeueAtFront()),
        scenario("requeue a failed job under a rate limit")
            .failing("limited", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .work()
            .enqueue("b", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .python("job('limited').requeue()")
            .java(client -> client.job("limited").requeue()),
        scenario("requeue a canceled job")
            .enqueue("a", "")
            .eval("job('a').cancel()")
            .python(REGISTRY + "CanceledJobRegistry(queue=queue()).requeue('a')")
            .java(client -> client.queue("default").registry(Kind.CANCELED).requeue("a")),
        scenario("save meta")
            .enqueue("a", "meta={'k': 1}")
            .python("(lambda j: (j.meta.update(n=2), j.save_meta()))(job('a'))")
            .java(
                client -> {
                  var meta = new LinkedHashMap<>(client.job("a").meta());
                  meta.put("n", 2);
                  client.job("a").saveMeta(meta);
                }));
  }

  private static List<Scenario> collections() {
    return List.of(
        scenario("remove a job from its queue")
            .enqueue("a", "")
            .enqueue("b", "")
            .python("queue().remove('a')")
            .java(client -> client.queue("default").remove("a")),
        scenario("empty a queue")
            .enqueue("a", "")
            .enqueue("b", "")
            .enqueue("child", "depends_on='a'")
            .python("queue().empty()")
            .java(client -> client.queue("default").empty()),
        scenario("delete a queue and its jobs")
            .enqueue("a", "")
            .enqueue("b", "")
            .python("queue().delete()")
            .java(client -> client.queue("default").delete()),
        scenario("delete a queue and keep its jobs")
            .enqueue("a", "")
            .enqueue("b", "")
            .python("queue().delete(delete_jobs=False)")
            .java(client -> client.queue("default").deleteKeepingJobs()),
        scenario("compact a queue")
            .enqueue("a", "")
            .enqueue("b", "")
            .enqueue("c", "")
            .command("DEL", "rq:job:b")
            .python("queue().compact()")
            .java(client -> client.queue("default").compact()),
        scenario("forget finished jobs whose time is over")
            .enqueue("a", "")
            .enqueue("b", "")
            .work()
            .command("ZADD", "rq:finished:default", "1000", "a")
            .python("queue().finished_job_registry.cleanup()")
            .java(client -> client.queue("default").registry(Kind.FINISHED).cleanup()),
        scenario("forget failed jobs whose time is over")
            .failing("a", "")
            .failing("b", "failure_ttl=-1")
            .work()
            .command("ZADD", "rq:failed:default", "1000", "a")
            .python("queue().failed_job_registry.cleanup()")
            .java(client -> client.queue("default").registry(Kind.FAILED).cleanup()),
        scenario("fail an abandoned job")
            .enqueue("gone", "")
            .enqueue("child", "depends_on=Dependency(jobs=['gone'], allow_failure=True)")
            .enqueue("other", "depends_on='gone'")
            .started("gone", 1000)
            .python("queue().started_job_registry.cleanup()")
            .java(client -> client.queue("default").registry(Kind.STARTED).cleanup()),
        scenario("try an abandoned job again at once")
            .enqueue("a", "retry=Retry(max=2)")
            .started("a", 1000)
            .python("queue().started_job_registry.cleanup()")
            .java(client -> client.queue("default").registry(Kind.STARTED).cleanup()),
        scenario("try an abandoned job again later")
            .enqueue("a", "retry=Retry(max=2, interval=[50, 70])")
            .started("a", 1000)
            .python("queue().started_job_registry.cleanup()")
            .java(client -> client.queue("default").registry(Kind.STARTED).cleanup()),
        scenario("leave a started job alone whose worker lives")
            .enqueue("a", "")
            .started("a", 4_000_000_000L)
            .python("queue().started_job_registry.cleanup()")
            .java(client -> client.queue("default").registry(Kind.STARTED).cleanup()),
        scenario("drop what an ended job left in the started registry")
            .enqueue("a", "")
            .work()
            .command("ZADD", "rq:wip:default", "1000", "a:x1")
            .python("queue().started_job_registry.cleanup()")
            .java(client -> client.queue("default").registry(Kind.STARTED).cleanup()),
        scenario("enqueue ready jobs")
            .enqueue("p", "")
            .enqueue("a", "depends_on='p'")
            .command("HSET", "rq:job:a", "status", "ready_to_enqueue")
            .command("ZREM", "rq:deferred:default", "a")
            .command("ZADD", "rq:ready:default", "1000", "a", "1001", "nobody")
            .python("queue().ready_job_registry.cleanup()")
            .java(client -> client.queue("default").registry(Kind.READY).cleanup()),
        scenario("clean a rate limit with a leaked place")
            .enqueue("a", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .enqueue("b", "rate_limit=" + RATE_LIMIT + "RateLimit('api', 1)")
            .command("HSET", "rq:job:a", "status", "finished")
            .python(RATE_LIMIT + "RateLimitRegistry('api', connection).cleanup()")
            .java(client -> client.rateLimit("api").cleanup()),
        scenario("forget an empty rate limit")
            .command("SADD", "rq:rl-keys", "api")
            .command("HSET", "rq:rl:api", "concurrency", "2")
            .python(RATE_LIMIT + "RateLimitRegistry('api', connection).cleanup()")
            .java(client -> client.rateLimit("api").cleanup()),
        scenario("clean a group")
            .eval(
                GROUP
                    + "create(connection, 'g').enqueue_many(queue(), [Queue.prepare_data('"
                    + ADD
                    + "', job_id=i) for i in ('a', 'b')])")
            .command("DEL", "rq:job:a")
            .python(GROUP + "clean_registries(connection)")
            .java(client -> client.group("g").cleanup()),
        scenario("suspend for a while")
            .python("import_module('rq.suspension').suspend(connection, 60)")
            .java(client -> client.workers().suspend(Duration.ofSeconds(60))));
  }

  @TestFactory
  Stream<DynamicTest> our_client_leaves_what_rq_leaves(PythonRq python, TestRedis redis) {
    return Stream.concat(jobs().stream(), collections().stream())
        .map(
            scenario ->
                DynamicTest.dynamicTest(scenario.name, () -> compare(scenario, python, redis)));
  }

  private static void compare(Scenario scenario, PythonRq python, TestRedis redis) {
    scenario.prepare(python, redis);
    Keyspace before = Keyspace.of(redis);
    python.eval(scenario.python);
    Keyspace theirs = Keyspace.of(redis);
    scenario.prepare(python, redis);
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      scenario.java.accept(client);
    }
    Keyspace ours = Keyspace.of(redis);
    assertThat(theirs.differences(ours))
        .extracting(Difference::toString)
        .filteredOn(line -> KNOWN.stream().noneMatch(known -> known.matcher(line).matches()))
        .isEmpty();
    boolean changesNothing = scenario.name.startsWith("leave ");
    assertThat(before.differences(theirs).isEmpty())
        .as("RQ changed nothing")
        .isEqualTo(changesNothing);
  }
}
