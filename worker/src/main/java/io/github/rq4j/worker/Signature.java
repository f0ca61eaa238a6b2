package io.github.rq4j.worker;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.binding.ValueBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a function, and how a job's arguments find their places among them by Python's
 * rules. Where they do not, the error is worded as CPython 3.11 words it; of several errors, the
 * one that CPython finds first is told.
 */
final class Signature {
  private final String function;
  private final List<Parameter<?>> parameters;
  private final List<Parameter<?>> positional;

  Signature(String function, List<Parameter<?>> parameters) {
    this.function = function;
    this.parameters = List.copyOf(parameters);
    this.positional = this.parameters.stream().filter(p -> !p.isKeywordOnly()).toList();
  }

  String function() {
    return function;
  }

  List<Parameter<?>> parameters() {
    return parameters;
  }

  @Nullable Object[] bind(Arguments arguments, ValueBinder binder) throws PythonError {
    checkNames(arguments);
    checkCount(arguments);
    checkMissing(arguments);
    List<@Nullable Object> args = arguments.args();
    Map<String, @Nullable Object> kwargs = arguments.kwargs();
    @Nullable Object[] bound = new @Nullable Object[parameters.size()];
    int next = 0;
    for (int i = 0; i < bound.length; i++) {
      Parameter<?> parameter = parameters.get(i);
      int place = parameter.isKeywordOnly() ? args.size() : next++;
      if (place < args.size()) {
        bound[i] = convert(parameter, args.get(place), binder);
      } else if (kwargs.containsKey(parameter.name())) {
        bound[i] = convert(parameter, kwargs.get(parameter.name()), binder);
      } else {
        bound[i] = parameter.defaultValue();
      }
    }
    return bound;
  }

  private @Nullable Object convert(
      Parameter<?> parameter, @Nullable Object value, ValueBinder binder) throws PythonError {
    try {
      return binder.bind(value, parameter.type(), parameter.name());
    } catch (BindingException e) {
      throw typeError("argument " + e.getMessage());
    }
  }

  private void checkNames(Arguments arguments) throws PythonError {
    for (String name : arguments.kwargs().keySet()) {
      if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
        throw typeError("got an unexpected keyword argument '" + name + "'");
      }
      int given = Math.min(arguments.args().size(), positional.size());
      if (positional.subList(0, given).stream().anyMatch(p -> p.name().equals(name))) {
        throw typeError("got multiple values for argument '" + name + "'");
      }
    }
  }

  private void checkCount(Arguments arguments) throws PythonError {
    int given = arguments.args().size();
    int most = positional.size();
    if (given <= most) {
      return;
    }
    long least = positional.stream().filter(Parameter::isRequired).count();
    String takes = least == most ? Integer.toString(most) : "from " + least + " to " + most;
    long keywords =
        parameters.stream()
            .filter(Parameter::isKeywordOnly)
            .filter(parameter -> arguments.kwargs().containsKey(parameter.name()))
            .count();
    String named =
        keywords == 0
            ? ""
            : " positional argument%s (and %d keyword-only argument%s)"
                .formatted(plural(given), keywords, plural(keywords));
    throw typeError(
        "takes %s positional argument%s but %d%s %s given"
            .formatted(
                takes,
                least == most ? plural(most) : "s",
                given,
                named,
                given == 1 && keywords == 0 ? "was" : "were"));
  }

  /** Python looks for the positional parameters first. */
  private void checkMissing(Arguments arguments) throws PythonError {
    int given = arguments.args().size();
    checkMissing(
        arguments,
        positional.subList(Math.min(given, positional.size()), positional.size()),
        "positional");
    checkMissing(
        arguments, parameters.stream().filter(Parameter::isKeywordOnly).toList(), "keyword-only");
  }

  private void checkMissing(Arguments arguments, List<Parameter<?>> candidates, String kind)
      throws PythonError {
    List<String> names = new ArrayList<>();
    for (Parameter<?> parameter : candidates) {
      if (parameter.isRequired() && !arguments.kwargs().containsKey(parameter.name())) {
        names.add("'" + parameter.name() + "'");
      }
    }
    if (!names.isEmpty()) {
      throw typeError(
          "missing %d required %s argument%s: %s"
              .formatted(names.size(), kind, plural(names.size()), enumeration(names)));
    }
  }

  private static String plural(long count) {
    return count == 1 ? "" : "s";
  }

  private static String enumeration(List<String> names) {
    int last = names.size() - 1;
    return switch (names.size()) {
      case 1 -> names.get(0);
      case 2 -> names.get(0) + " and " + names.get(1);
      default -> String.join(", ", names.subList(0, last)) + ", and " + names.get(last);
    };
  }

  private PythonError typeError(String problem) {
    return new PythonError("TypeError", shortName() + "() " + problem);
  }

  private String shortName() {
    return function.substring(function.lastIndexOf('.') + 1);
  }
}
