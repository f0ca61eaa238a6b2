package io.github.rq4j.interop.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.interop.matrix.Cell;
import io.github.rq4j.testservers.NeedsPython;
import io.github.rq4j.testservers.PythonFixtures;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.RqCell;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept is what the releases leave; {@code -Drq4j.matrix.record=true} keeps it anew. */
@WithRedis
@NeedsPython
class GoldenCaptureTest {

  private static Path file(RqCell cell) {
    return PythonFixtures.directory()
        .resolveSibling("interop-tests")
        .resolve("src/test/resources/golden")
        .resolve(cell.rq() + "-" + cell.python())
        .resolve("capture.json");
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.interop.matrix.Cell#chosen")
  void a_release_leaves_the_same_bytes_again(Cell cell, TestRedis redis) throws IOException {
    try (PythonRq python = cell.start(redis)) {
      String captured = python.capture();
      Path file = file(cell.rq());
      if (Boolean.getBoolean("rq4j.matrix.record")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, captured);
      }
      assertThat(captured).isEqualTo(Files.readString(file));
    }
  }
}
