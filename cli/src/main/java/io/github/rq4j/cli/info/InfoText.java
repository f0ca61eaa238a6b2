package io.github.rq4j.cli.info;

import io.github.rq4j.cli.console.Terminal;
import io.github.rq4j.client.WorkerSnapshot;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An overview in the lines of {@code rq info}. */
final class InfoText {
  private static final int WIDEST_CHART = 20;
  private static final int NAME_WIDTH = 12;
  private static final long[] SCALES = {20, 50, 100, 200, 400, 600, 800, 1000};
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final Terminal terminal;
  private final boolean raw;
  private final boolean byQueue;

  /**
   * Prepares for a form.
   *
   * @param raw without charts and summaries
   * @param byQueue the workers below the queue that they work on
   */
  InfoText(Terminal terminal, boolean raw, boolean byQueue) {
    this.terminal = terminal;
    this.raw = raw;
    this.byQueue = byQueue;
  }

  List<String> queues(Overview overview) {
    List<String> lines = new ArrayList<>();
    long most = 0;
    long total = 0;
    for (QueueFigures queue : overview.queues()) {
      most = Math.max(most, queue.queued());
      total += queue.queued();
    }
    double ratio = Math.min(WIDEST_CHART, terminal.columns() - 20) * 1.0 / scale(most);
    for (QueueFigures queue : overview.queues()) {
      String figures =
          "%d, %d executing, %d finished, %d failed"
              .formatted(queue.queued(), queue.executing(), queue.finished(), queue.failed());
      if (raw) {
        lines.add("queue " + queue.name() + " " + figures);
      } else {
        String bar = "█".repeat(Math.max(0, (int) (ratio * queue.queued())));
        lines.add(
            padded(queue.name(), NAME_WIDTH) + " " + terminal.green("|" + bar) + " " + figures);
      }
    }
    if (!raw) {
      lines.add(overview.queues().size() + " queues, " + total + " jobs total");
    }
    return lines;
  }

  private static long scale(long most) {
    for (long scale : SCALES) {
      if (most <= scale) {
        return scale;
      }
    }
    return most;
  }

  List<String> workers(Overview overview) {
    List<String> lines = new ArrayList<>();
    if (byQueue) {
      workersByQueue(overview, lines);
    } else {
      overview.workers().forEach(worker -> lines.add(worker(worker)));
    }
    if (!raw) {
      lines.add(overview.workers().size() + " workers, " + overview.queues().size() + " queues");
    }
    return lines;
  }

  private String worker(WorkerSnapshot worker) {
    return "%s%s (%s %s %s)%s %s %s. jobs: %d finished, %d failed"
        .formatted(
            raw ? "worker " : "",
            worker.name(),
            orNone(worker.hostname()),
            orNone(worker.ipAddress()),
            orNone(worker.pid()),
            raw ? "" : ":",
            raw ? Overview.state(worker) : state(worker),
            String.join(", ", worker.queues()),
            worker.successfulJobCount(),
            worker.failedJobCount());
  }

  private static String orNone(@Nullable Object value) {
    return value == null ? "None" : value.toString();
  }

  private void workersByQueue(Overview overview, List<String> lines) {
    int longest =
        overview.workersByQueue().keySet().stream().mapToInt(InfoText::length).max().orElse(0);
    overview
        .workersByQueue()
        .forEach(
            (queue, workers) -> {
              List<String> names =
                  workers.stream()
                      .map(worker -> worker.name() + " (" + state(worker) + ")")
                      .sorted()
                      .toList();
              String text = names.isEmpty() ? "–" : String.join(", ", names);
              lines.add(padded(queue + ":", longest + 1) + " " + text);
            });
  }

  private String state(WorkerSnapshot worker) {
    return switch (worker.state()) {
      case BUSY -> terminal.red("busy");
      case IDLE -> terminal.green("idle");
      case SUSPENDED -> terminal.yellow("suspended");
      case STARTED, UNKNOWN -> Overview.state(worker);
    };
  }

  /** Everything. */
  List<String> both(Overview overview) {
    List<String> lines = new ArrayList<>(queues(overview));
    if (!raw) {
      lines.add("");
    }
    lines.addAll(workers(overview));
    if (!raw) {
      lines.add("");
      lines.add(
          "Updated: " + local(LocalDateTime.ofInstant(overview.time(), ZoneId.systemDefault())));
    }
    return lines;
  }

  /** As Python prints it, which leaves out a fraction of zero. */
  private static String local(LocalDateTime time) {
    return (time.get(ChronoField.MICRO_OF_SECOND) == 0 ? SECONDS : MICROS).format(time);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - length(text)));
  }
}
