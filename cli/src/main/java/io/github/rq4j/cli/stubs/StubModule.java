package io.github.rq4j.cli.stubs;

import io.github.rq4j.worker.FunctionDescription;
import io.github.rq4j.worker.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the source of one Python module. Not safe for use by many threads. */
final class StubModule {
  private static final int WIDTH = 88;
  private static final Set<String> RESERVED =
      Set.of(
          "Any",
          "Literal",
          "Optional",
          "TypedDict",
          "annotations",
          "bool",
          "bytes",
          "datetime",
          "decimal",
          "dict",
          "float",
          "int",
          "list",
          "rq",
          "set",
          "str",
          "uuid");

  private final List<FunctionDescription> functions;
  private final Optional<String> queue;
  private final PythonTypes types;

  /**
   * Prepares a module.
   *
   * @param functions the functions of that module
   * @param queue where Python workers are to hand such jobs over to
   */
  StubModule(List<FunctionDescription> functions, Optional<String> queue) {
    this.functions = functions;
    this.queue = queue;
    Set<String> taken = new HashSet<>(RESERVED);
    functions.forEach(function -> taken.add(shortName(function)));
    this.types = new PythonTypes(taken);
  }

  /** The module's source. */
  String source() {
    String definitions =
        functions.stream().map(this::definition).collect(Collectors.joining("\n\n"));
    String body = typedDicts() + "\n\n" + definitions;
    return header(body) + "\n\n" + handOver() + body;
  }

  private String header(String body) {
    StringBuilder text = new StringBuilder();
    text.append("\"\"\"Functions that Java workers run, for Python to enqueue.\n\n");
    text.append("Made by `rq4j stubs`: make it anew instead of changing it.\n\"\"\"\n\n");
    text.append("from __future__ import annotations\n\n");
    for (String module : List.of("datetime", "decimal", "uuid")) {
      if (body.contains(module + ".")) {
        text.append("import ").append(module).append('\n');
      }
    }
    text.append("from typing import Any");
    text.append(body.contains("Literal[") ? ", Literal" : "");
    text.append(body.contains("(TypedDict)") ? ", TypedDict" : "");
    text.append("\n\nimport rq\n\n_QUEUE: str | None = ");
    text.append(queue.map(PythonLiterals::of).orElse("None"));
    return text.append('\n').toString();
  }

  private static String handOver() {
    try (InputStream in =
        Objects.requireNonNull(StubModule.class.getResourceAsStream("hand_over.py"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String typedDicts() {
    StringBuilder text = new StringBuilder();
    types
        .typedDicts()
        .forEach(
            (name, keys) -> {
              text.append("\n\nclass ").append(name).append("(TypedDict):\n");
              text.append("    \"\"\"A dict that Java reads as a record.\"\"\"\n");
              keys.forEach(
                  (key, type) ->
                      text.append(text.charAt(text.length() - 2) == '"' ? "\n" : "")
                          .append("    " + key + ": " + type + "\n"));
            });
    return text.toString();
  }

  private String definition(FunctionDescription function) {
    StringBuilder text = new StringBuilder();
    text.append(signature(shortName(function), parameters(function)));
    text.append("    \"\"\"Run by Java");
    function.javaName().ifPresent(name -> text.append(", as ").append(name));
    text.append(".\n\n    Enqueue it instead of calling it: queue.enqueue(");
    text.append(shortName(function)).append(", ...).\n");
    function
        .returnType()
        .ifPresent(
            type -> text.append("    The job's result: ").append(types.of(type)).append(".\n"));
    text.append("    \"\"\"\n");
    return text.append("    return _hand_over(\"" + function.name() + "\")\n").toString();
  }

  private static String signature(String name, List<String> parameters) {
    String oneLine = "def " + name + "(" + String.join(", ", parameters) + ") -> Any:\n";
    if (oneLine.length() <= WIDTH + 1) {
      return oneLine;
    }
    String lines =
        parameters.stream().map(part -> "    " + part + ",\n").collect(Collectors.joining());
    return "def " + name + "(\n" + lines + ") -> Any:\n";
  }

  /** As Python declares them; where it cannot declare them as Java does, any arguments. */
  private List<String> parameters(FunctionDescription function) {
    Optional<List<Parameter<?>>> known = function.parameters();
    if (known.isEmpty() || !isWritable(known.get())) {
      return List.of("*args: Any", "**kwargs: Any");
    }
    List<String> written = new ArrayList<>(positional(known.get()).map(this::parameter).toList());
    List<String> named =
        known.get().stream().filter(Parameter::isKeywordOnly).map(this::parameter).toList();
    if (!named.isEmpty()) {
      written.add("*");
      written.addAll(named);
    }
    return written;
  }

  private static Stream<Parameter<?>> positional(List<Parameter<?>> parameters) {
    return parameters.stream().filter(parameter -> !parameter.isKeywordOnly());
  }

  /** Python wants identifiers, and no parameter without a default behind one that has one. */
  private static boolean isWritable(List<Parameter<?>> parameters) {
    boolean optionalSeen = false;
    for (Parameter<?> parameter : parameters) {
      if (!PythonNames.isIdentifier(parameter.name())) {
        return false;
      }
      if (!parameter.isKeywordOnly()) {
        if (optionalSeen && parameter.isRequired()) {
          return false;
        }
        optionalSeen = !parameter.isRequired();
      }
    }
    return true;
  }

  private String parameter(Parameter<?> parameter) {
    String type = types.of(parameter.type());
    if (parameter.isRequired()) {
      return parameter.name() + ": " + type;
    }
    Optional<String> literal = PythonLiterals.find(parameter.defaultValue());
    if (literal.isEmpty()) {
      return parameter.name() + ": Any = ...";
    }
    boolean none = literal.get().equals("None") && !type.endsWith(PythonTypes.OR_NONE);
    String declared = none && !type.equals(PythonTypes.ANY) ? type + PythonTypes.OR_NONE : type;
    return parameter.name() + ": " + declared + " = " + literal.get();
  }

  private static String shortName(FunctionDescription function) {
    return function.name().substring(function.name().lastIndexOf('.') + 1);
  }
}
