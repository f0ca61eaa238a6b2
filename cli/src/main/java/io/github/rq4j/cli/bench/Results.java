package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** All measurements so far, in the order in which their subjects came first. One thread. */
final class Results {
  private final Map<Subject, List<Measurement>> measurements = new LinkedHashMap<>();

  void add(Measurement measurement) {
    measurements.computeIfAbsent(measurement.subject(), any -> new ArrayList<>()).add(measurement);
  }

  Set<Subject> subjects() {
    return measurements.keySet();
  }

  /** Those of one section and scenario. */
  List<Subject> subjects(String section, String scenario) {
    return measurements.keySet().stream()
        .filter(subject -> subject.section().equals(section))
        .filter(subject -> subject.scenario().equals(scenario))
        .toList();
  }

  /** The runs of one subject; empty where there is none. */
  List<Measurement> runs(Subject subject) {
    return measurements.getOrDefault(subject, List.of());
  }

  /** What the runs of one subject gave; empty where none gave any. */
  Optional<Spread> spread(Subject subject, Figure figure) {
    List<Double> runs =
        runs(subject).stream().map(run -> run.figure(figure)).flatMap(Optional::stream).toList();
    return runs.isEmpty() ? Optional.empty() : Optional.of(Spread.of(runs));
  }

  /** A median; empty where there is none. */
  OptionalDouble median(Subject subject, Figure figure) {
    return spread(subject, figure)
        .map(spread -> OptionalDouble.of(spread.median()))
        .orElse(OptionalDouble.empty());
  }

  /** The best median of a section's subjects; empty where there is none. */
  OptionalDouble best(String section, String scenario, Figure figure) {
    return subjects(section, scenario).stream()
        .map(subject -> median(subject, figure))
        .flatMapToDouble(OptionalDouble::stream)
        .max();
  }
}
