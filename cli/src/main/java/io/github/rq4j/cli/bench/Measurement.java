package io.github.rq4j.cli.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one run of one worker gave. Immutable.
 *
 * @param subject what was measured
 * @param figures what could be measured here
 * @param commands what was asked of the server, per job
 */
record Measurement(
    Subject subject, Map<Figure, Double> figures, Map<String, ServerFigures.Calls> commands) {

  /**
   * What was measured.
   *
   * @param section the kind of measurement: {@code drain}, {@code floor}, ...
   * @param scenario the kind of jobs
   * @param worker who ran, or sent, them
   */
  record Subject(String section, String scenario, String worker) {}

  Measurement {
    EnumMap<Figure, Double> copy = new EnumMap<>(Figure.class);
    copy.putAll(figures);
    figures = copy;
    commands = Map.copyOf(commands);
  }

  Measurement(Subject subject, Map<Figure, Double> figures) {
    this(subject, figures, Map.of());
  }

  Optional<Double> figure(Figure figure) {
    return Optional.ofNullable(figures.get(figure));
  }
}
