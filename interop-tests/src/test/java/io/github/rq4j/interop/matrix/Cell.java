package io.github.rq4j.interop.matrix;

import io.github.rq4j.client.Dialect;
import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.RqCell;
import io.github.rq4j.testservers.RqCells;
import io.github.rq4j.testservers.RqMatrix;
import io.github.rq4j.testservers.TestRedis;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cell that can run here.
 *
 * @param rq the release and its Python
 * @param environment the virtualenv
 */
public record Cell(RqCell rq, PythonEnvironment environment) {

  /**
   * The cells of every day; with the system property {@code rq4j.matrix=all} all of them, with
   * another value those whose text contains one of its parts, which commas separate. Those whose
   * interpreter is missing are left out.
   */
  public static Stream<Cell> chosen() throws InterruptedException {
    String chosen = System.getProperty("rq4j.matrix", "");
    List<RqCell> cells =
        RqMatrix.ofThisProject().cells().stream()
            .filter(
                cell ->
                    chosen.isEmpty()
                        ? cell.everyday()
                        : chosen.equals("all") || isAmong(cell, chosen))
            .toList();
    return RqCells.prepare(cells).entrySet().stream()
        .map(entry -> new Cell(entry.getKey(), entry.getValue()));
  }

  private static boolean isAmong(RqCell cell, String parts) {
    return Arrays.stream(parts.split(",", -1)).anyMatch(cell.toString()::contains);
  }

  /** Starts its Python on a database. */
  public PythonRq start(TestRedis redis) {
    return PythonRq.start(rq, environment, redis.uri());
  }

  boolean isSince(String version) {
    return rq.isSince(version);
  }

  /** What a worker has to be told: nothing where it sees for itself, as of RQ before 0.10. */
  Dialect dialect() {
    return isSince("0.10") && !isSince("1.0") ? Dialect.BEFORE_1_0 : Dialect.SINCE_1_0;
  }

  /** Whether its worker ends at a result outside of ASCII, which it fails to log. */
  boolean stopsAtNonAsciiResults() {
    return !rq.hasPython("3") && !isSince("0.8");
  }

  /** The newest protocol of pickle that its Python reads and writes. */
  int pickleProtocol() {
    if (!rq.hasPython("3")) {
      return 2;
    }
    return rq.hasPython("3.8") ? 5 : 4;
  }

  @Override
  public String toString() {
    return rq.toString();
  }
}
