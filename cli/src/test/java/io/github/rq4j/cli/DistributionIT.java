package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.cli.demo.DemoTasks;
import io.github.rq4j.local.LocalRedis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the package phase leaves to be handed out runs somewhere else. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class DistributionIT {
  private static final String BUILT = System.getProperty("rq4j.distribution", "target/rq4j-none");

  @TempDir private Path directory;

  private Path unpacked() throws IOException {
    Path target = directory.resolve("unpacked");
    try (InputStream file = Files.newInputStream(Path.of(BUILT + ".zip"));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        assertThat(path).startsWithRaw(target);
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(zip, path);
        }
      }
    }
    try (Stream<Path> children = Files.list(target)) {
      Path root = children.findFirst().orElseThrow();
      assertThat(root.resolve("bin/rq4j").toFile().setExecutable(true)).isTrue();
      return root;
    }
  }

  private CommandRun run(ProcessBuilder command) throws Exception {
    command.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    return new Launcher(directory).run(command);
  }

  @Test
  void the_zip_runs_from_where_it_is_unpacked() throws Exception {
    String script = unpacked().resolve("bin/rq4j").toString();

    CommandRun run = run(new Launcher(directory).program(script, "--version"));

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("rq4j, version ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void a_command_leaves_an_archive_of_classes_that_the_next_one_uses() throws Exception {
    String script = unpacked().resolve("bin/rq4j").toString();
    try (LocalRedis redis = LocalRedis.start()) {
      String[] info = {"info", "--url", redis.uri().toString()};
      CommandRun first = run(new Launcher(directory).program(script, info));
      assertThat(first.err()).isEmpty();

      Path cache = directory.resolve("cache/rq4j");
      Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> hasOnlyArchive(cache));
      ProcessBuilder again = new Launcher(directory).program(script, info);
      // A JVM that cannot use its archive does not start then.
      again.environment().put("JAVA_OPTS", "-Xshare:on");
      CommandRun second = run(again);

      assertThat(second.err()).isEmpty();
      assertThat(second.out()).startsWith("0 queues, 0 jobs total");
      assertThat(second.exitCode()).isZero();
    }
  }

  @Test
  void an_archive_of_classes_that_was_asked_for_is_used_by_workers() throws Exception {
    String script = unpacked().resolve("bin/rq4j").toString();
    try (LocalRedis redis = LocalRedis.start()) {
      CommandRun made = run(new Launcher(directory).program(script, "class-archive"));
      assertThat(made.err()).isEmpty();
      assertThat(made.out()).startsWith("Wrote " + directory.resolve("cache/rq4j"));

      String[] worker = {
        "worker",
        "--burst",
        "--url",
        redis.uri().toString(),
        "--handlers",
        DemoTasks.class.getName()
      };
      ProcessBuilder start = new Launcher(directory).program(script, worker);
      start.environment().put("JAVA_OPTS", "-Xshare:on");
      CommandRun run = run(start);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("done, quitting");
    }
  }

  private static boolean hasOnlyArchive(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(Path::toString).toList().toString().matches("\\[\\S*\\.jsa\\]");
    }
  }

  @Test
  void the_single_jar_runs() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = Path.of(BUILT + ".jar").toAbsolutePath().toString();
    try (LocalRedis redis = LocalRedis.start()) {
      CommandRun run =
          run(
              new Launcher(directory)
                  .program(java, "-jar", jar, "enqueue", "-u", redis.uri().toString(), "f", "%1"));

      assertThat(run.err()).isEmpty();
      assertThat(run.out()).startsWith("Enqueued f(1) with job-id '");
      assertThat(run.exitCode()).isZero();
    }
  }
}
