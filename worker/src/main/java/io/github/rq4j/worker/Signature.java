package io.github.rq4j.worker;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.binding.ValueBinder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a function, and how a job's arguments find their places among them by Python's
 * rules. Where they do not, the error is worded as Python words it.
 */
final class Signature {
  private final String function;
  private final List<Parameter<?>> parameters;

  Signature(String function, List<Parameter<?>> parameters) {
    this.function = function;
    this.parameters = List.copyOf(parameters);
  }

  String function() {
    return function;
  }

  List<Parameter<?>> parameters() {
    return parameters;
  }

  @Nullable Object[] bind(Arguments arguments, ValueBinder binder) throws PythonError {
    checkCount(arguments.args().size());
    checkNames(arguments);
    @Nullable Object[] bound = new @Nullable Object[parameters.size()];
    for (int i = 0; i < bound.length; i++) {
      Parameter<?> parameter = parameters.get(i);
      if (i < arguments.args().size()) {
        bound[i] = convert(parameter, arguments.args().get(i), binder);
      } else if (arguments.kwargs().containsKey(parameter.name())) {
        bound[i] = convert(parameter, arguments.kwargs().get(parameter.name()), binder);
      } else if (parameter.isRequired()) {
        throw missing(arguments);
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

  private void checkCount(int given) throws PythonError {
    int most = parameters.size();
    if (given <= most) {
      return;
    }
    long least = parameters.stream().filter(Parameter::isRequired).count();
    String takes = least == most ? Integer.toString(most) : "from " + least + " to " + most;
    throw typeError(
        "takes %s positional argument%s but %d %s given"
            .formatted(takes, most == 1 ? "" : "s", given, given == 1 ? "was" : "were"));
  }

  private void checkNames(Arguments arguments) throws PythonError {
    for (String name : arguments.kwargs().keySet()) {
      int place = indexOf(name);
      if (place < 0) {
        throw typeError("got an unexpected keyword argument '" + name + "'");
      }
      if (place < arguments.args().size()) {
        throw typeError("got multiple values for argument '" + name + "'");
      }
    }
  }

  private int indexOf(String name) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private PythonError missing(Arguments arguments) {
    Map<String, ?> given = arguments.kwargs();
    List<String> names =
        parameters.stream()
            .skip(arguments.args().size())
            .filter(Parameter::isRequired)
            .map(Parameter::name)
            .filter(name -> !given.containsKey(name))
            .map(name -> "'" + name + "'")
            .collect(Collectors.toList());
    String plural = names.size() == 1 ? "" : "s";
    return typeError(
        "missing %d required positional argument%s: %s"
            .formatted(names.size(), plural, enumeration(names)));
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
