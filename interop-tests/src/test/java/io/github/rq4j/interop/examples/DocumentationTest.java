package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.testkit.RealPython;
import io.github.rq4j.testkit.RqTestkit;
import io.github.rq4j.testservers.PythonFixtures;
import io.github.rq4j.worker.RqWorkerBuilder;
import io.github.rq4j.worker.cron.CronJob;
import io.github.rq4j.worker.cron.CronScheduler;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The documentation shows code that runs, links that lead somewhere, and every setting. */
class DocumentationTest {
  private static final Set<String> NO_SOURCES = Set.of(".git", "target", ".ruff_cache");

  private static final List<String> EXAMPLES =
      List.of(
          "interop-tests/src/test/java/io/github/rq4j/interop/examples",
          "examples/shop/src/test/java/com/example/shop");

  private final Path root = PythonFixtures.directory().toAbsolutePath().resolve("..").normalize();
  private final List<MarkdownPage> pages = new ArrayList<>();

  DocumentationTest() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes unused) {
            boolean skipped = NO_SOURCES.contains(directory.getFileName().toString());
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
              throws IOException {
            if (file.toString().endsWith(".md")) {
              pages.add(MarkdownPage.read(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private MarkdownPage page(String name) {
    return pages.stream()
        .filter(page -> page.file().equals(root.resolve(name)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no page " + name));
  }

  @Test
  void every_block_of_java_is_a_region_of_an_example_that_runs() throws IOException {
    Map<String, String> regions = new HashMap<>();
    for (String examples : EXAMPLES) {
      regions.putAll(SourceRegions.in(root.resolve(examples)));
    }
    List<String> unknown = new ArrayList<>();
    for (MarkdownPage page : pages) {
      boolean shownToUsers =
          page.file().equals(root.resolve("README.md"))
              || page.file().startsWith(root.resolve("docs"));
      if (shownToUsers) {
        page.javaBlocks().stream()
            .filter(block -> !regions.containsValue(block))
            .forEach(block -> unknown.add(root.relativize(page.file()) + ":\n" + block));
      }
    }
    assertThat(unknown).as("blocks of Java that no example has").isEmpty();
  }

  @Test
  void every_relative_link_leads_to_a_file_and_every_anchor_to_a_heading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (MarkdownPage page : pages) {
      for (String link : page.links()) {
        if (!link.matches("[a-z][a-z0-9+.-]*:.*") && !resolves(page, link)) {
          broken.add(root.relativize(page.file()) + " -> " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private boolean resolves(MarkdownPage page, String link) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target =
        path.isEmpty()
            ? page.file()
            : page.file().resolveSibling(path).toAbsolutePath().normalize();
    if (!target.startsWith(root) || !Files.exists(target)) {
      return false;
    }
    return hash < 0 || MarkdownPage.read(target).anchors().contains(link.substring(hash + 1));
  }

  @Test
  void every_setting_of_a_worker_is_in_its_table() {
    assertThat(page("docs/worker-library.md").firstColumnBelow("Settings"))
        .containsExactlyInAnyOrderElementsOf(settings(RqWorkerBuilder.class));
  }

  @Test
  void every_setting_of_cron_is_in_its_table() {
    assertThat(page("docs/scheduling.md").firstColumnBelow("Settings of a cron job"))
        .containsExactlyInAnyOrderElementsOf(settings(CronJob.Builder.class));
    assertThat(page("docs/scheduling.md").firstColumnBelow("Settings of a cron scheduler"))
        .containsExactlyInAnyOrderElementsOf(settings(CronScheduler.Builder.class));
  }

  @Test
  void every_setting_of_the_testkit_is_in_its_table() {
    assertThat(page("docs/testkit.md").firstColumnBelow("Settings of the testkit"))
        .containsExactlyInAnyOrderElementsOf(settings(RqTestkit.Builder.class));
    assertThat(page("docs/testkit.md").firstColumnBelow("Settings of Python"))
        .containsExactlyInAnyOrderElementsOf(settings(RealPython.Builder.class));
  }

  @Test
  void every_option_of_a_job_is_in_its_table() {
    assertThat(page("docs/enqueue.md").firstColumnBelow("Options"))
        .containsExactlyInAnyOrderElementsOf(settings(EnqueueOptions.Builder.class));
  }

  @Test
  void every_setting_of_a_client_is_in_its_table() {
    assertThat(page("docs/client-library.md").firstColumnBelow("Settings of a client"))
        .containsExactlyInAnyOrderElementsOf(settings(RqClient.Builder.class));
  }

  @Test
  void every_setting_of_a_connection_is_in_its_table() {
    assertThat(page("docs/connections.md").firstColumnBelow("Settings"))
        .containsExactlyInAnyOrderElementsOf(settings(RedisSettings.Builder.class));
  }

  private static List<String> settings(Class<?> builder) {
    return Arrays.stream(builder.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> method.getReturnType() == builder)
        .map(Method::getName)
        .distinct()
        .toList();
  }
}
