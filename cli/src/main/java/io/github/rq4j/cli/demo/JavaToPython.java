package io.github.rq4j.cli.demo;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobFailedException;
import io.github.rq4j.client.Queue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The second half: Java enqueues, a real Python worker runs, Java reads typed results. */
final class JavaToPython {
  /** The jobs that Java enqueues, in this order. */
  static final List<String> JOBS = List.of("invoice", "factorial", "median", "sleep", "print");

  private static final Duration RESULT_WAIT = Duration.ofSeconds(10);

  private final Stage stage;

  JavaToPython(Stage stage) {
    this.stage = stage;
  }

  /**
   * What reports.py gives back as a dict.
   *
   * @param customer a str
   * @param total a Decimal
   * @param due a date
   */
  record Invoice(String customer, BigDecimal total, LocalDate due) {}

  void tell(ResultTable results) throws InterruptedException {
    stage.narrator().heading("Java enqueues jobs for Python");
    List<Sent> all =
        List.of(
            send(
                "invoice",
                Call.of("reports.invoice")
                    .args("Ada")
                    .kwarg("prices", List.of(new BigDecimal("19.90"), new BigDecimal("5.05")))
                    .kwarg("issued", LocalDate.of(2026, 11, 22)),
                Invoice.class,
                new Invoice("Ada", new BigDecimal("24.95"), LocalDate.of(2026, 12, 6))),
            send(
                "factorial",
                Call.of("math.factorial").args(25),
                BigInteger.class,
                new BigInteger("15511210043330985984000000")),
            send(
                "median", Call.of("statistics.median").args(List.of(3, 1, 2.5)), Double.class, 2.5),
            send("sleep", Call.of("time.sleep").args(0.1), Object.class, null),
            sendToFail(
                "print",
                Call.of("reports.print_out").args("invoice"),
                "ValueError: no paper for the invoice"));
    stage.narrator().heading("A real Python worker runs them");
    String queue = stage.queue("python");
    stage.python().rq("rq worker", "worker", "--burst", "--name", queue + "-worker", queue);
    stage.narrator().heading("Java reads the results as its own types");
    for (Sent sent : all) {
      String cameBack = sent.cameBack();
      stage.narrator().say(sent.job().id() + ": " + cameBack);
      results.add(sent.call(), cameBack, sent.expected());
    }
  }

  private Sent send(String name, Call call, Class<?> type, @Nullable Object expected) {
    return enqueue(name, call, type, shown(expected));
  }

  private Sent sendToFail(String name, Call call, String lastLine) {
    return enqueue(name, call, Object.class, "JobFailedException, failed: " + lastLine);
  }

  private Sent enqueue(String name, Call call, Class<?> type, String expected) {
    Queue queue = stage.client().queue(stage.queue("python"));
    Job job = queue.enqueue(call, EnqueueOptions.builder().jobId(stage.jobId(name)).build());
    stage.narrator().say(queue.name() + ": " + call + " (" + job.id() + ")");
    return new Sent(job, call.toString(), type, expected);
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    String type = value.getClass().getSimpleName();
    String text = value.toString();
    return text.startsWith(type) ? text : type + " " + text; // a record names itself
  }

  /** One job with what is expected of it. */
  private record Sent(Job job, String call, Class<?> type, String expected) {

    String cameBack() {
      try {
        return shown(job.resultAs(type, RESULT_WAIT));
      } catch (JobFailedException e) {
        String text = e.excString().strip();
        return "JobFailedException, "
            + e.status().text()
            + ": "
            + text.substring(text.lastIndexOf('\n') + 1);
      }
    }
  }
}
