package io.github.rq4j.worker;

import io.github.rq4j.client.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tests of process isolation run in work horses. */
public final class HorseTasks implements HandlersFactory {
  /** For the horse. */
  public HorseTasks() {}

  @Override
  public Handlers handlers() {
    return Handlers.builder()
        .register("pid", () -> ProcessHandle.current().pid())
        .register("exit", Parameter.of("code", Integer.class), HorseTasks::exit)
        .register("halt", Parameter.of("code", Integer.class), HorseTasks::halt)
        .register("spin", Parameter.of("note", String.class), HorseTasks::spin)
        .register("wait", HorseTasks::waitForInterruption)
        .register("hold", Parameter.of("note", String.class), HorseTasks::hold)
        .register("fill", HorseTasks::fillTheHeap)
        .register("boom", HorseTasks::boom)
        .register("again", () -> Retry.times(2))
        .register("meta", HorseTasks::meta)
        .register("print", HorseTasks::print)
        .register("context", HorseTasks::context)
        .register("child", Parameter.of("note", String.class), HorseTasks::startChild)
        .onSuccess("succeeded", (job, result) -> note(job, "succeeded with " + result))
        .onFailure("failed", (job, failure) -> note(job, "failed with " + failure.message()))
        .onFailure("stuck", (job, failure) -> spin(null))
        .onStopped("stopped", job -> note(job, "stopped"))
        .exceptionHandler(
            "tell",
            (job, failure) -> {
              note(job, "told of " + failure.message());
              return true;
            })
        .build();
  }

  private static Object exit(int code) {
    System.exit(code);
    return code;
  }

  private static Object halt(int code) {
    Runtime.getRuntime().halt(code);
    return code;
  }

  private static Object spin(@Nullable String file) throws IOException {
    if (file != null) {
      tellPid(file);
    }
    while (true) {
      Thread.onSpinWait();
    }
  }

  /** Writes to one name and moves to the other, so that nobody reads half of it. */
  private static void tellPid(String file) throws IOException {
    Path draft = Path.of(file + ".draft");
    Files.writeString(draft, Long.toString(ProcessHandle.current().pid()));
    Files.move(draft, Path.of(file));
  }

  private static Object waitForInterruption() throws InterruptedException {
    Thread.sleep(60_000);
    return "never";
  }

  private static Object hold(String file) throws IOException, InterruptedException {
    tellPid(file);
    return waitForInterruption();
  }

  private static Object fillTheHeap() {
    List<byte[]> all = new ArrayList<>();
    while (all.size() < Integer.MAX_VALUE) {
      all.add(new byte[1024 * 1024]);
    }
    return all.size();
  }

  private static Object boom() {
    throw new IllegalStateException("kaput");
  }

  private static Object meta() {
    JobContext context = JobContext.current();
    Map<Object, @Nullable Object> meta = new LinkedHashMap<>(context.meta());
    meta.put("pid", ProcessHandle.current().pid());
    boolean saved = context.saveMeta(meta);
    return List.of(saved, context.refreshMeta().containsKey("pid"));
  }

  private static Object print() {
    System.out.println("printed by a function");
    System.err.println("complained by a function");
    return "printed";
  }

  private static Object context() {
    JobContext context = JobContext.current();
    return List.of(
        context.jobId(),
        context.workerName(),
        context.queue(),
        context.retriesLeft(),
        context.timeout().orElseThrow().toSeconds(),
        context.heartbeat(java.time.Duration.ofSeconds(100)));
  }

  private static Object startChild(String file) throws IOException, InterruptedException {
    Process child = new ProcessBuilder("sleep", "60").start();
    Files.writeString(Path.of(file + ".child"), Long.toString(child.pid()));
    return hold(file);
  }

  /** Leaves a note in a directory that only callbacks know of, next to the name of who ran. */
  private static void note(ExecutedJob job, String text) throws IOException {
    Object directory = job.meta().get("notes");
    if (directory != null) {
      Path file = Path.of(directory.toString(), text.split(" ", 2)[0]);
      Files.writeString(file, text + " in " + ProcessHandle.current().pid());
    }
  }
}
