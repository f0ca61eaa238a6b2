package io.github.rq4j.interop.enqueue;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Callback;
import io.github.rq4j.client.Dependency;
import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RateLimit;
import io.github.rq4j.client.Repeat;
import io.github.rq4j.client.Retry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.Webhook;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.SynchronousQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One scenario per option of RQ's {@code enqueue}, and per way to enqueue. */
final class EnqueueScenarios {
  private static final String MODERN = "3.0.0";
  private static final String PARENT = "queue().enqueue('f', job_id='p')";
  private static final String FINISHED_PARENT =
      "queue().enqueue('f', job_id='p').set_status('finished')";
  private static final String FAILED_PARENT =
      "queue().enqueue('f', job_id='p').set_status('failed')";
  private static final String LIMIT = "import_module('rq.rate_limit').RateLimit";
  private static final String WEBHOOK = "import_module('rq.webhook').Webhook";
  private static final Call ADD = Call.of("tasks.add").args(1).kwarg("y", "two");

  private static final String FAIL = "rq4j_fixtures.tasks.fail_in_callback";
  private static final Callback REMEMBER = Callback.of("rq4j_fixtures.tasks.remember");

  private EnqueueScenarios() {}

  private static Consumer<RqClient> enqueue(UnaryOperator<EnqueueOptions.Builder> options) {
    return client ->
        client
            .queue("default")
            .enqueue(ADD, options.apply(EnqueueOptions.builder().jobId("a")).build());
  }

  private static EnqueueScenario option(
      String python, UnaryOperator<EnqueueOptions.Builder> options) {
    return EnqueueScenario.of(python).python("job_id='a', " + python).java(enqueue(options));
  }

  private static EnqueueOptions id(String id) {
    return EnqueueOptions.builder().jobId(id).build();
  }

  private static Queue queue(RqClient client) {
    return client.queue("default");
  }

  private static Duration seconds(long number) {
    return Duration.ofSeconds(number);
  }

  static final List<EnqueueScenario> PLAIN_OPTIONS =
      List.of(
          EnqueueScenario.of("no option").python("job_id='a'").java(enqueue(o -> o)),
          option("job_timeout=10", o -> o.timeout(seconds(10))),
          option("job_timeout='1h'", o -> o.timeout("1h")),
          option("job_timeout='3M'", o -> o.timeout("3M")),
          option("job_timeout='2d'", o -> o.timeout("2d")),
          option("job_timeout=' 5 '", o -> o.timeout(" 5 ")),
          option("job_timeout=-1", o -> o.timeout(EnqueueOptions.INFINITE)),
          option("job_timeout='-1'", o -> o.timeout("-1")),
          option("result_ttl=0", o -> o.resultTtl(Duration.ZERO)),
          option("result_ttl='1h'", o -> o.resultTtl("1h")),
          option("result_ttl=-1", o -> o.resultTtl(EnqueueOptions.INFINITE)),
          option("failure_ttl=0", o -> o.failureTtl(Duration.ZERO)),
          option("failure_ttl='7d'", o -> o.failureTtl("7d")),
          option("failure_ttl=-1", o -> o.failureTtl(EnqueueOptions.INFINITE)),
          option("ttl=80", o -> o.ttl(seconds(80))),
          option("ttl='2m'", o -> o.ttl("2m")),
          option("description='d\\xe9j\\xe0 \\U0001f600'", o -> o.description("déjà 😀")),
          option("description=''", o -> o.description("")),
          option("at_front=True", o -> o.atFront(true)),
          option("meta={'a': [1, None], 'b': 'x'}", o -> o.meta(meta())),
          option("meta={}", o -> o.meta(Map.of())),
          option("retry=Retry(max=3)", o -> o.retry(Retry.times(3))),
          option("retry=Retry(max=2, interval=7)", o -> o.retry(Retry.times(2).after(seconds(7)))),
          option(
              "retry=Retry(max=3, interval=[1, 2])",
              o -> o.retry(Retry.times(3).after(seconds(1), seconds(2)))),
          option(
                  "retry=Retry(max=1, enqueue_at_front=True)",
                  o -> o.retry(Retry.times(1).atFront()))
              .since(MODERN),
          option("on_success=Callback('m.f')", o -> o.onSuccess(Callback.of("m.f"))),
          option(
              "on_failure=Callback('m.f', timeout='2m')",
              o -> o.onFailure(Callback.of("m.f").withTimeout(seconds(120)))),
          option("on_stopped=Callback('m.f')", o -> o.onStopped(Callback.of("m.f"))),
          option("repeat=Repeat(times=3)", o -> o.repeat(Repeat.times(3))).since(MODERN),
          option(
                  "repeat=Repeat(times=3, interval=[5, 10])",
                  o -> o.repeat(Repeat.times(3).after(seconds(5), seconds(10))))
              .since(MODERN),
          option(
                  "webhooks=[" + WEBHOOK + "('https://h/x?y=1', 'finished')]",
                  o -> o.webhooks(Webhook.onFinished("https://h/x?y=1")))
              .since(MODERN),
          option(
                  "webhooks=["
                      + (WEBHOOK + "('http://h', 'failed', method='POST', headers={'A': '\\xe9'},")
                      + (" timeout=3), " + WEBHOOK + "('http://i', 'finished')]"),
                  o ->
                      o.webhooks(
                          Webhook.onFailed("http://h")
                              .post()
                              .header("A", "é")
                              .withTimeout(seconds(3)),
                          Webhook.onFinished("http://i")))
              .since(MODERN),
          option("unique=True", o -> o.unique(true)).since(MODERN),
          option("unique=True, at_front=True, ttl=9", o -> o.unique(true).atFront(true).ttl("9"))
              .since(MODERN));

  private static Map<String, Object> meta() {
    Map<String, Object> meta = new java.util.LinkedHashMap<>();
    meta.put("a", Arrays.asList(1, null));
    meta.put("b", "x");
    return meta;
  }

  static final List<EnqueueScenario> CONDITIONS =
      List.of(
          option("depends_on='p'", o -> o.dependsOn("p")).before(PARENT),
          option("depends_on=['p', 'q']", o -> o.dependsOn("p", "q"))
              .before(PARENT)
              .before("queue().enqueue('f', job_id='q').set_status('finished')"),
          option("depends_on='gone'", o -> o.dependsOn("gone")),
          option("depends_on='p', ttl=50", o -> o.dependsOn("p").ttl("50"))
              .before(PARENT)
              .since(MODERN),
          option("depends_on='p' ", o -> o.dependsOn("p")).before(FINISHED_PARENT),
          option("depends_on='p', at_front=True", o -> o.dependsOn("p").atFront(true))
              .before(PARENT),
          option("depends_on=Dependency('p')", o -> o.dependsOn(Dependency.on("p"))).before(PARENT),
          option(
                  "depends_on=Dependency('p', enqueue_at_front=True)",
                  o -> o.dependsOn(Dependency.on("p").atFront()))
              .before(PARENT),
          option(
                  "depends_on=Dependency('p', allow_failure=True)",
                  o -> o.dependsOn(Dependency.on("p").allowingFailure()))
              .before(FAILED_PARENT)
              .since(MODERN),
          option("depends_on=Dependency(['p'])", o -> o.dependsOn(Dependency.on("p")))
              .before(FAILED_PARENT),
          option(
                  "depends_on=['p', Dependency(['q'], allow_failure=True)]",
                  o -> o.dependsOn("p").dependsOn(Dependency.on("q").allowingFailure()))
              .before(PARENT)
              .before("queue().enqueue('f', job_id='q')")
              .since(MODERN),
          option("rate_limit=" + LIMIT + "('k', 2)", o -> o.rateLimit(new RateLimit("k", 2)))
              .since(MODERN),
          option(
                  "rate_limit=" + LIMIT + "('k', 1), at_front=True, ttl=70",
                  o -> o.rateLimit(new RateLimit("k", 1)).atFront(true).ttl("70"))
              .before("queue().enqueue('f', job_id='p', rate_limit=" + LIMIT + "('k', 1))")
              .since(MODERN),
          option("rate_limit=" + LIMIT + "('k', 5)", o -> o.rateLimit(new RateLimit("k", 5)))
              .before("queue().enqueue('f', job_id='p', rate_limit=" + LIMIT + "('k', 1))")
              // Before 'a' by its id, too: within one second the id decides.
              .before("queue().enqueue('f', job_id='A', rate_limit=" + LIMIT + "('k', 1))")
              .since(MODERN),
          option(
                  "rate_limit=" + LIMIT + "('k', 1), depends_on='p'",
                  o -> o.rateLimit(new RateLimit("k", 1)).dependsOn("p"))
              .before(PARENT)
              .since(MODERN));

  static final List<EnqueueScenario> WAYS =
      List.of(
          EnqueueScenario.of("enqueue_at")
              .python(
                  "job_id='a', enqueue_at=datetime(2040, 2, 29, 12, 30, 1, 900000, timezone.utc)")
              .java(
                  client ->
                      queue(client)
                          .enqueueAt(Instant.parse("2040-02-29T12:30:01.9Z"), ADD, id("a"))),
          EnqueueScenario.of("enqueue_at in a zone")
              .python(
                  "job_id='a', enqueue_at=datetime(2040, 2, 29, 12, 30, 1, 0,"
                      + " timezone(timedelta(hours=2)))")
              .java(
                  client ->
                      queue(client)
                          .enqueueAt(
                              ZonedDateTime.parse("2040-02-29T12:30:01+02:00"), ADD, id("a"))),
          EnqueueScenario.of("enqueue_in")
              .python("job_id='a', enqueue_in=timedelta(seconds=100)")
              .java(client -> queue(client).enqueueIn(seconds(100), ADD, id("a"))),
          EnqueueScenario.of("enqueue_in with options")
              .since(MODERN)
              .python(
                  "job_id='a', enqueue_in=timedelta(seconds=100), at_front=True, ttl=900,"
                      + (" retry=Retry(1), rate_limit=" + LIMIT + "('k', 1)"))
              .java(
                  client ->
                      queue(client)
                          .enqueueIn(
                              seconds(100),
                              ADD,
                              EnqueueOptions.builder()
                                  .jobId("a")
                                  .atFront(true)
                                  .ttl("900")
                                  .retry(Retry.times(1))
                                  .rateLimit(new RateLimit("k", 1))
                                  .build())),
          EnqueueScenario.of("enqueue_in, unique")
              .since(MODERN)
              .python("job_id='a', enqueue_in=timedelta(seconds=100), unique=True")
              .java(
                  client ->
                      queue(client)
                          .enqueueIn(
                              seconds(100),
                              ADD,
                              EnqueueOptions.builder().jobId("a").unique(true).build())),
          EnqueueScenario.of("default timeout and JSON")
              .pythonDoes(
                  "rq.Queue('q', connection=connection, default_timeout='5m',"
                      + " serializer=import_module('rq.serializers').JSONSerializer)"
                      + ".enqueue('tasks.add', 1, y='two', job_id='a', meta={'a': 1})")
              .java(
                  client ->
                      client
                          .queue("q")
                          .withDefaultTimeout(Duration.ofMinutes(5))
                          .withSerializer(JsonSerializer.defaults())
                          .enqueue(
                              ADD,
                              EnqueueOptions.builder().jobId("a").meta(Map.of("a", 1)).build())),
          EnqueueScenario.of("create_job and save")
              .since(MODERN)
              .pythonDoes(
                  "queue().create_job('tasks.add', (1,), {'y': 'two'}, job_id='a', ttl=60,"
                      + " status=rq.job.JobStatus.CREATED).save()")
              .java(
                  client ->
                      queue(client)
                          .create(ADD, EnqueueOptions.builder().jobId("a").ttl("60").build())),
          EnqueueScenario.of("enqueue_job")
              .before("queue('q').create_job('tasks.add', (1,), job_id='a', ttl=60).save()")
              .pythonDoes("queue().enqueue_job(job('a'), at_front=True)")
              .java(client -> queue(client).enqueueJob(client.job("a"), true)),
          EnqueueScenario.of("enqueue_job that waits")
              .before(PARENT)
              .before("queue().create_job('tasks.add', job_id='a', depends_on='p').save()")
              .pythonDoes("queue().enqueue_job(job('a'))")
              .java(client -> queue(client).enqueueJob(client.job("a"))),
          EnqueueScenario.of("enqueue_many")
              .before(PARENT)
              .pythonDoes(
                  "queue().enqueue_many(["
                      + "rq.Queue.prepare_data('tasks.add', (1,), {'y': 'two'}, job_id='a'),"
                      + "rq.Queue.prepare_data('tasks.add', (1,), {'y': 'two'}, job_id='b',"
                      + " at_front=True, ttl=60),"
                      + "rq.Queue.prepare_data('tasks.add', (1,), {'y': 'two'}, job_id='c',"
                      + " depends_on=['p', 'a'])])")
              .java(
                  client ->
                      queue(client)
                          .enqueueMany(
                              List.of(
                                  EnqueueData.of(ADD, id("a")),
                                  EnqueueData.of(
                                      ADD,
                                      EnqueueOptions.builder()
                                          .jobId("b")
                                          .atFront(true)
                                          .ttl("60")
                                          .build()),
                                  EnqueueData.of(
                                      ADD,
                                      EnqueueOptions.builder()
                                          .jobId("c")
                                          .dependsOn("p", "a")
                                          .build())))
                          .jobsOrThrow()),
          EnqueueScenario.of("a group")
              .since(MODERN)
              .pythonDoes(
                  "import_module('rq.group').Group.create(connection=connection, name='g')"
                      + ".enqueue_many(queue(), [rq.Queue.prepare_data('tasks.add', (1,),"
                      + " {'y': 'two'}, job_id='a')])")
              .java(enqueue(o -> o.group("g"))));

  static final List<EnqueueScenario> SYNCHRONOUS =
      List.of(
          atOnce("add', 1, y=2", "add", o -> o),
          atOnce("add', 1, y=2, result_ttl=20", "add", o -> o.resultTtl("20")),
          atOnce("add', 1, y=2, result_ttl=-1", "add", o -> o.resultTtl("-1")),
          atOnce("add', 1, y=2, result_ttl=0", "add", o -> o.resultTtl("0")),
          atOnce(
              "add', 1, y=2, ttl=50, meta={'a': 1}", "add", o -> o.ttl("50").meta(Map.of("a", 1))),
          atOnce("add', 1, y=2, unique=True", "add", o -> o.unique(true)),
          atOnce("add', 1, y=2, depends_on='p'", "add", o -> o.dependsOn("p")).before(PARENT),
          atOnce("nothing', *[]", "nothing", o -> o),
          atOnce(
              "add', 1, y=2, on_success=Callback('rq4j_fixtures.tasks.remember'),"
                  + " on_failure=Callback('rq4j_fixtures.tasks.fail_in_callback')",
              "add",
              o -> o.onSuccess(REMEMBER).onFailure(Callback.of(FAIL))),
          atOnce(
              "boom', 'kaput', failure_ttl=20,"
                  + " on_failure=Callback('rq4j_fixtures.tasks.remember', timeout=9),"
                  + " on_success=Callback('rq4j_fixtures.tasks.fail_in_callback')",
              "boom",
              o ->
                  o.failureTtl("20")
                      .onFailure(REMEMBER.withTimeout(seconds(9)))
                      .onSuccess(Callback.of(FAIL))),
          atOnce("boom', 'kaput', failure_ttl=20", "boom", o -> o.failureTtl("20")),
          atOnce("boom', 'kaput', failure_ttl=-1", "boom", o -> o.failureTtl("-1")));

  private static EnqueueScenario atOnce(
      String python, String function, UnaryOperator<EnqueueOptions.Builder> options) {
    Call call = Call.of("rq4j_fixtures.tasks." + function);
    Call full =
        switch (function) {
          case "add" -> call.args(1).kwarg("y", 2);
          case "boom" -> call.args("kaput");
          default -> call;
        };
    return EnqueueScenario.of(python)
        .since(MODERN)
        .pythonDoes(
            "rq.Queue(connection=connection, is_async=False).enqueue('rq4j_fixtures.tasks."
                + python
                + ", job_id='a')")
        .java(
            client ->
                SynchronousQueue.of(queue(client), handlers(client))
                    .enqueue(full, options.apply(EnqueueOptions.builder().jobId("a")).build()));
  }

  private static Handlers handlers(RqClient client) {
    return Handlers.builder()
        .register(
            "rq4j_fixtures.tasks.add",
            Parameter.of("x", Long.class),
            Parameter.of("y", Long.class),
            Long::sum)
        .register("rq4j_fixtures.tasks.nothing", arguments -> null)
        .register(
            "rq4j_fixtures.tasks.boom",
            Parameter.of("message", String.class),
            message -> {
              throw new IllegalArgumentException(message);
            })
        .onSuccess(REMEMBER.function(), (job, result) -> remember(client.job(job.id()), result))
        .onFailure(
            REMEMBER.function(),
            (job, failure) -> remember(client.job(job.id()), failure.message()))
        .build();
  }

  private static void remember(Job job, @Nullable Object told) {
    job.saveMeta(Map.of("remembered", Arrays.asList(job.status().text(), told)));
  }
}
