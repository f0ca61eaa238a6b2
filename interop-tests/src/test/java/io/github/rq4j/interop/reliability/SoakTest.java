package io.github.rq4j.interop.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.Repeat;
import io.github.rq4j.client.Retry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker process with a small heap under mixed traffic for as many minutes as {@code
 * rq4j.soak.minutes} says: what it holds must not grow.
 */
@EnabledIfSystemProperty(named = "rq4j.soak.minutes", matches = "\\d+")
class SoakTest {
  private static final Logger log = LoggerFactory.getLogger(SoakTest.class);
  private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(20);
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  /** What the worker, and Redis for it, hold at one moment; the heap after a full collection. */
  private record Sample(long jobs, long heapKib, long threads, long connections, long keys) {}

  private long number;

  private static EnqueueOptions.Builder shortLived() {
    return EnqueueOptions.builder()
        .resultTtl(Duration.ofSeconds(10))
        .failureTtl(Duration.ofSeconds(10));
  }

  /** About a dozen jobs of every kind that changes hands between Redis and the worker. */
  private void enqueueSome(Scene scene) {
    Call run = Call.of(Scene.RUN).args(2);
    Call boom = Call.of(Scene.BOOM);
    for (String name : List.of("high", "default", "low")) {
      Queue queue = scene.client.queue(name);
      Job parent = queue.enqueue(run, shortLived().build());
      queue.enqueue(run, shortLived().dependsOn(parent).build());
      queue.enqueue(boom, shortLived().build());
      queue.enqueue(boom, shortLived().retry(Retry.times(2)).build());
      queue.enqueueIn(Duration.ofSeconds(2), run, shortLived().build());
      queue.enqueue(run, shortLived().repeat(Repeat.times(1).after(Duration.ofSeconds(1))).build());
      number += 6;
    }
  }

  private Sample sample(Scene scene, WorkerProcess worker) throws Exception {
    String pid = Long.toString(worker.pid());
    String unused = jcmd(pid, "GC.run");
    String info = jcmd(pid, "GC.heap_info");
    // The young and the old generation; what follows is not the heap.
    Matcher used = USED.matcher(info.substring(0, info.indexOf("Metaspace")));
    long heap = 0;
    while (used.find()) {
      heap += Long.parseLong(used.group(1));
    }
    String status = Files.readString(Path.of("/proc", pid, "status"));
    Matcher threads = Pattern.compile("Threads:\\s+(\\d+)").matcher(status);
    assertThat(threads.find()).isTrue();
    String clients = String.valueOf(scene.redis.command("CLIENT", "LIST"));
    scene.ledger.redis().flush();
    return new Sample(
        number,
        heap,
        Long.parseLong(threads.group(1)),
        clients.lines().count(),
        (Long) Objects.requireNonNull(scene.redis.command("DBSIZE")));
  }

  private static String jcmd(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static long most(List<Sample> samples, ToLongFunction<Sample> what) {
    return samples.stream().mapToLong(what).max().orElseThrow();
  }

  @Test
  void heap_threads_connections_and_keys_are_bounded() throws Exception {
    long end =
        System.nanoTime() + Duration.ofMinutes(Integer.getInteger("rq4j.soak.minutes")).toNanos();
    List<Sample> samples = new ArrayList<>();
    try (Scene scene = new Scene();
        WorkerProcess worker =
            WorkerProcess.command(
                List.of("-Xmx128m"),
                "worker",
                scene.server.uri(),
                scene.ledgerUri(),
                List.of(
                    ("--handlers " + LedgerTasks.class.getName() + " --concurrency 8 -s")
                        .concat(" --job-monitoring-interval 5 --maintenance-interval 30")
                        .concat(" --logging-level CRITICAL high default low")
                        .split(" ")))) {
      long nextSample = System.nanoTime() + SAMPLE_INTERVAL.toNanos();
      while (System.nanoTime() < end) {
        enqueueSome(scene);
        Thread.sleep(TICK.toMillis());
        while (scene.client.queue("low").size() > 500) {
          Thread.sleep(TICK.toMillis());
        }
        if (System.nanoTime() > nextSample) {
          Sample sample = sample(scene, worker);
          samples.add(sample);
          log.info("{}", sample);
          nextSample = System.nanoTime() + SAMPLE_INTERVAL.toNanos();
        }
      }
      assertThat(worker.isAlive()).isTrue();
    }
    int third = samples.size() / 3;
    List<Sample> middle = samples.subList(third, 2 * third);
    List<Sample> late = samples.subList(2 * third, samples.size());
    for (ToLongFunction<Sample> what :
        List.<ToLongFunction<Sample>>of(
            Sample::heapKib, Sample::threads, Sample::connections, Sample::keys)) {
      assertThat(most(late, what)).isLessThanOrEqualTo(most(middle, what) * 5 / 4);
    }
    log.info("most heap: {} KiB", samples.stream().max(Comparator.comparing(Sample::heapKib)));
  }
}
