package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.RqFunction;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InspectRunTest extends OnRedis {

  /** Functions for the jobs of these tests. */
  public static final class Functions {
    private Functions() {}

    /** Gives a tuple. */
    @RqFunction("tasks.pair")
    public static PythonTuple pair() {
      return PythonTuple.of(1, "two");
    }

    /** Fails. */
    @RqFunction("tasks.fail")
    public static void fail() {
      throw new IllegalStateException("out of ink");
    }
  }

  private void work() {
    run("worker", "--burst", "--handlers", Functions.class.getName());
  }

  @Test
  void the_call_is_shown_as_python_and_as_json() {
    Job job =
        client.queue("high").enqueue(Call.of("tasks.f").args(List.of(1, 2.5)).kwarg("name", "Ada"));

    CommandRun run = run("inspect", job.id());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "function: tasks.f\n",
            "args: ([1, 2.5],)\n",
            "args as JSON: [[1, 2.5]]\n",
            "kwargs: {'name': 'Ada'}\n",
            "kwargs as JSON: {\"name\": \"Ada\"}\n",
            "serializer: pickle\n",
            "status: queued\n");
  }

  @Test
  void what_json_lacks_is_shown_with_its_types() {
    Job job = client.queue("high").enqueue(Call.of("tasks.f").args(PythonTuple.of(1), new byte[1]));

    assertThat(run("inspect", job.id()).out())
        .contains("args: ((1,), b'\\x00')\n", "args as tagged JSON: {\"t\": \"tuple\"");
  }

  @Test
  void it_says_how_many_jobs_are_before_it() {
    client.queue("high").enqueue(Call.of("tasks.f"));
    Job second = client.queue("high").enqueue(Call.of("tasks.f"));

    assertThat(run("inspect", second.id()).out()).contains("in: queue of high, position 1\n");
  }

  @Test
  void it_says_which_registry_it_is_in() {
    Job parent = client.queue("high").enqueue(Call.of("tasks.f"));
    Job job =
        client
            .queue("low")
            .enqueue(Call.of("tasks.f"), EnqueueOptions.builder().dependsOn(parent).build());

    assertThat(run("inspect", job.id()).out())
        .contains("in: deferred registry of low, time ", "waits_for: " + parent.id() + "\n");
    assertThat(run("inspect", parent.id()).out()).contains("waited_for_by: " + job.id() + "\n");
  }

  @Test
  void results_and_failures_are_shown_with_their_runs() {
    Job good = client.queue("default").enqueue(Call.of("tasks.pair"));
    Job bad = client.queue("default").enqueue(Call.of("tasks.fail"));
    work();

    assertThat(run("inspect", good.id()).out())
        .contains("results 1:\n  type: SUCCESSFUL\n", "return_value: (1, 'two')\n");
    assertThat(run("inspect", bad.id()).out())
        .contains("results 1:\n  type: FAILED\n", "IllegalStateException: out of ink\n");
  }

  @Test
  void the_serializer_is_found_out() {
    Job job =
        client
            .queue("default")
            .withSerializer(JsonSerializer.defaults())
            .enqueue(
                Call.of("tasks.f").args(1), EnqueueOptions.builder().meta(Map.of("a", 1)).build());

    assertThat(run("inspect", job.id()).out())
        .contains("serializer: json\n", "args: (1,)\n", "meta: {'a': 1}\n");
    assertThat(run("inspect", job.id(), "-S", "pickle").out()).contains("data_problem: ");
  }

  @Test
  void what_cannot_be_read_hides_nothing_else() {
    call("HSET", "rq:job:odd", "data", "rubbish", "status", "queued", "origin", "high");
    call("XADD", "rq:results:odd", "1-0", "type", "rubbish");

    CommandRun run = run("inspect", "odd");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("data_problem: ", "status: queued\n", "problem: ");
  }

  @Test
  void everything_is_there_as_json() {
    Job job = client.queue("high").enqueue(Call.of("tasks.f").args(1, "x"));

    CommandRun run = run("inspect", "--json", job.id());

    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.out())
        .startsWith("{\"id\": \"" + job.id() + "\", \"status\": \"queued\"")
        .contains("\"args\": {\"python\": \"(1, 'x')\", \"json\": [1, \"x\"]}")
        .contains("\"places\": [{\"in\": \"queue\", \"of\": \"high\", \"position\": 0}]");
  }

  @Test
  void a_job_that_is_not_there_is_a_failure() {
    CommandRun run = run("inspect", "nosuch");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines()).containsExactly("rq4j inspect: there is no job nosuch");
  }
}
