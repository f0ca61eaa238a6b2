package io.github.rq4j.cli.demo;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.LogLevel;
import io.github.rq4j.cli.console.LogOutput;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.codec.binding.TypeReference;
import io.github.rq4j.codec.binding.ValueBinder;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The first half: Python enqueues, Java runs, Python looks. */
final class PythonToJava {
  /** The jobs that enqueue.py makes, in its order. */
  static final List<String> JOBS = List.of("words", "greet", "reading", "divide", "forget", "nap");

  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Stage stage;

  PythonToJava(Stage stage) {
    this.stage = stage;
  }

  void tell(ResultTable results) throws IOException, InterruptedException {
    stage.narrator().heading("Python enqueues jobs for Java");
    stage
        .python()
        .script("enqueue.py", stage.queue("java"), stage.run(), stage.site().uri().toString());
    stage.narrator().heading("A Java worker runs them");
    work();
    stage.narrator().heading("Python looks at what became of its jobs");
    List<Seen> seen = look();
    List<String> expected = expected();
    for (int i = 0; i < JOBS.size(); i++) {
      results.add(seen.get(i).call(), seen.get(i).outcome(), expected.get(i));
    }
  }

  /** What RQ's own client shows when each job ended well; the page's word count is the site's. */
  private List<String> expected() {
    return List.of(
        "finished: " + stage.site().words(),
        "finished: 'Servus, Servus, Ada!'",
        "finished: {'station': {'name': 'Hohe Warte', 'altitude': 198}, 'taken':"
            + " datetime.datetime(2026, 11, 23, 3, 0, tzinfo=datetime.timezone.utc), 'serial':"
            + " 1267650600228229401496703205377, 'raw': b'\\xff\\x7f\\x00', 'levels':"
            + " [-1.25, 0.5]}",
        "failed: ZeroDivisionError: division by zero",
        "finished: None",
        "failed: rq.timeouts.JobTimeoutException: Task exceeded maximum timeout value (3 seconds)");
  }

  private void work() throws InterruptedException {
    LineStream voice = stage.narrator().voice("java");
    LogOutput.configure(voice, voice, LogLevel.INFO);
    Handlers handlers = Handlers.builder().registerAnnotated(DemoTasks.class).build();
    try (RqWorker worker =
        stage
            .cleanup()
            .add(
                RqWorker.builder(stage.redis(), handlers)
                    .queues(stage.queue("java"))
                    .name(stage.queue("java") + "-worker")
                    .burst(true)
                    .shutdownTimeout(Duration.ZERO)
                    .build())) {
      worker.start();
      showWhileBusy(worker);
      if (!worker.awaitEnd(DRAIN_LIMIT)) {
        throw CommandFailure.failure(
            "the Java worker was not done after " + DRAIN_LIMIT.toSeconds() + " s");
      }
    }
  }

  /** Shows RQ's own view of the worker while the last job, which outlasts its timeout, runs. */
  private void showWhileBusy(RqWorker worker) throws InterruptedException {
    String nap = stage.jobId("nap");
    while (stage.client().job(nap).status() == JobStatus.QUEUED) {
      if (worker.awaitEnd(POLL)) {
        return;
      }
    }
    stage.narrator().line("");
    stage.narrator().say("While it is busy with the last one, RQ's own command shows it:");
    stage.python().rq("rq info", "info", stage.queue("java"));
    stage.narrator().line("");
  }

  /** What Python's client saw of one job. */
  private record Seen(String call, String status, String return_value, String exc_string) {
    String outcome() {
      if (exc_string.isBlank()) {
        return status + ": " + return_value;
      }
      String text = exc_string.strip();
      return status + ": " + text.substring(text.lastIndexOf('\n') + 1);
    }
  }

  private List<Seen> look() throws IOException, InterruptedException {
    Path report = stage.python().scripts().resolve("report.json");
    List<String> arguments = new ArrayList<>(List.of(report.toString()));
    JOBS.forEach(name -> arguments.add(stage.jobId(name)));
    stage.python().script("look.py", arguments.toArray(new String[0]));
    Object json = JsonSerializer.defaults().deserialize(Files.readAllBytes(report));
    List<Seen> seen =
        ValueBinder.withDefaults().bind(json, new TypeReference<List<Seen>>() {}, "report");
    if (seen == null || seen.size() != JOBS.size()) {
      throw CommandFailure.failure("look.py did not report on each job");
    }
    return seen;
  }
}
