package io.github.rq4j.interop.tools;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser without a window: a page as its scripts have made it, and as people see it. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int LIMIT_SECONDS = 90;

  private final Path program;
  // For its profiles and what it prints.
  private final Path directory;

  private Chromium(Path program, Path directory) {
    this.program = program;
    this.directory = directory;
  }

  /**
   * The one on this machine.
   *
   * @param directory an empty one for the browser
   * @throws AssertionError if there is none
   */
  static Chromium find(Path directory) {
    return NAMES.stream()
        .flatMap(Chromium::onPath)
        .findFirst()
        .map(program -> new Chromium(program, directory))
        .orElseThrow(
            () ->
                new AssertionError(
                    "no Chromium on PATH, looked for "
                        + NAMES
                        + "; install Debian's package chromium, or leave the profile tools out"));
  }

  private static Stream<Path> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry, name))
        .filter(Files::isExecutable);
  }

  /** The page after its scripts ran for a few seconds of the browser's own time. */
  RenderedPage open(URI page) throws InterruptedException {
    return new RenderedPage(run("--dump-dom", page));
  }

  /** Writes a picture of the page, 1200 pixels wide for its layout and 840 in the file. */
  void photograph(URI page, int height, Path picture) throws InterruptedException {
    run(
        "--screenshot=" + picture.toAbsolutePath(),
        "--window-size=1200," + height,
        "--force-device-scale-factor=0.7",
        page);
    if (!Files.isRegularFile(picture)) {
      throw new AssertionError("the browser wrote no " + picture);
    }
  }

  private String run(Object... arguments) throws InterruptedException {
    try {
      Path profile = Files.createTempDirectory(directory, "profile-");
      Path errors = profile.resolve("errors");
      Path output = profile.resolve("output");
      List<String> command =
          new ArrayList<>(
              List.of(
                  program.toString(),
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--no-first-run",
                  "--hide-scrollbars",
                  "--lang=en",
                  "--user-data-dir=" + profile,
                  "--virtual-time-budget=4000"));
      Stream.of(arguments).map(Object::toString).forEach(command::add);
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      try {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          throw new AssertionError("the browser failed: " + Files.readString(errors));
        }
        return Files.readString(output, StandardCharsets.UTF_8);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
