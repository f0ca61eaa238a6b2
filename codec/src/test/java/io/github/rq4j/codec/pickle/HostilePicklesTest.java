package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostilePicklesTest {
  @TempDir private Path directory;

  @Test
  void no_pickle_hurts_a_jvm_of_64_megabytes_with_small_stacks()
      throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Xss512k",
                "-cp",
                System.getProperty("java.class.path"),
                HostilePickles.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean hasEnded = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);

    assertThat(hasEnded).as("%s", lines).isTrue();
    assertThat(lines).hasSizeGreaterThan(40).allMatch(line -> line.startsWith("ok"));
    assertThat(process.exitValue()).isZero();
  }
}
