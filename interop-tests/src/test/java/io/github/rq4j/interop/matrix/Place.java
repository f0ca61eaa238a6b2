package io.github.rq4j.interop.matrix;

import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.testservers.RedisLease;
import io.github.rq4j.testservers.RedisServer;
import io.github.rq4j.testservers.RedisServers;
import io.github.rq4j.testservers.RqCell;
import io.github.rq4j.testservers.RqCells;
import io.github.rq4j.testservers.RqMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the scenarios are tried.
 *
 * @param cell the release of RQ and its Python
 * @param server the server; null for the one that all tests run on
 */
record Place(Cell cell, @Nullable RedisServer server) {

  /** The chosen cells, on the server that all tests run on. */
  static Stream<Place> cells() throws InterruptedException {
    return Cell.chosen().map(cell -> new Place(cell, null));
  }

  /**
   * The newest RQ on the servers of every day; with the system property {@code rq4j.servers=all} on
   * all of them, with another value on those whose name contains one of its parts, which commas
   * separate. Those that cannot run here are left out.
   */
  static List<Place> servers() throws InterruptedException {
    String chosen = System.getProperty("rq4j.servers", "");
    List<Place> places = new ArrayList<>();
    for (RedisServer server : RedisServers.ofThisProject()) {
      if (isChosen(server, chosen) && (areContainers() || server.isForThisMachine())) {
        newest(server.redisPy()).ifPresent(cell -> places.add(new Place(cell, server)));
      }
    }
    return places;
  }

  private static boolean isChosen(RedisServer server, String chosen) {
    return chosen.isEmpty()
        ? server.everyday()
        : chosen.equals("all")
            || Arrays.stream(chosen.split(",", -1)).anyMatch(server.name()::contains);
  }

  /** Whether servers are containers of their images instead of processes of their programs. */
  static boolean areContainers() {
    return Boolean.getBoolean("rq4j.servers.containers");
  }

  private static Optional<Cell> newest(String redisPy) throws InterruptedException {
    RqMatrix matrix = RqMatrix.ofThisProject();
    List<RqCell> cells =
        matrix.cells().stream()
            .filter(cell -> cell.rq().equals(matrix.newest().version()))
            .sorted(Comparator.comparing(cell -> !cell.everyday()))
            .map(cell -> redisPy.isEmpty() ? cell : cell.withRedisPy(redisPy))
            .toList();
    for (RqCell cell : cells) {
      PythonEnvironment environment = RqCells.prepare(List.of(cell)).get(cell);
      if (environment != null) {
        return Optional.of(new Cell(cell, environment));
      }
    }
    return Optional.empty();
  }

  /** Starts the server; only where there is one. */
  static RedisLease start(RedisServer server) {
    return areContainers() ? server.startContainer() : server.start();
  }

  @Override
  public String toString() {
    return server == null ? cell.toString() : server + ", " + cell;
  }
}
