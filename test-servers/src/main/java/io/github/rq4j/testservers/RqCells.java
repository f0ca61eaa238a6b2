package io.github.rq4j.testservers;

import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.local.PythonInterpreter;
import io.github.rq4j.local.PythonUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The virtualenvs of the matrix' cells, made as many at a time as the machine has processors. */
public final class RqCells {

  private static final Logger log = LoggerFactory.getLogger(RqCells.class);

  private RqCells() {}

  /**
   * Finds or makes the virtualenv of each cell whose interpreter is on this machine; those without
   * are left out, and the log says so.
   *
   * @return the environments in the order of the cells
   * @throws io.github.rq4j.local.LocalToolException if one cannot be made
   * @throws InterruptedException if the thread is interrupted; what was begun is finished all the
   *     same
   */
  public static Map<RqCell, PythonEnvironment> prepare(List<RqCell> cells)
      throws InterruptedException {
    Map<String, Optional<PythonInterpreter>> interpreters = new HashMap<>();
    Map<RqCell, PythonInterpreter> possible = new LinkedHashMap<>();
    for (RqCell cell : cells) {
      interpreters
          .computeIfAbsent(cell.python(), RqCells::interpreter)
          .ifPresent(interpreter -> possible.put(cell, interpreter));
    }
    List<Map.Entry<RqCell, Future<PythonEnvironment>>> begun = new ArrayList<>();
    ExecutorService makers =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            task -> new Thread(task, "rq4j-virtualenvs"));
    try {
      possible.forEach(
          (cell, interpreter) ->
              begun.add(Map.entry(cell, makers.submit(() -> cell.prepare(interpreter)))));
      Map<RqCell, PythonEnvironment> made = new LinkedHashMap<>();
      for (Map.Entry<RqCell, Future<PythonEnvironment>> entry : begun) {
        made.put(entry.getKey(), result(entry.getKey(), entry.getValue()));
      }
      return Collections.unmodifiableMap(made);
    } finally {
      makers.shutdown();
    }
  }

  private static PythonEnvironment result(RqCell cell, Future<PythonEnvironment> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("no virtualenv for " + cell, e.getCause());
    }
  }

  private static Optional<PythonInterpreter> interpreter(String series) {
    try {
      return Optional.of(PythonInterpreter.ofSeries(series));
    } catch (PythonUnavailableException e) {
      log.warn("Left out all that wants Python {}: {}", series, e.getMessage());
      return Optional.empty();
    }
  }
}
