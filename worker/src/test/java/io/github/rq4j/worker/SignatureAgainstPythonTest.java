package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.binding.ValueBinder;
import io.github.rq4j.local.PythonInterpreter;
import io.github.rq4j.testservers.NeedsPython;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Binds every call of every small signature as the Python on this machine does. */
@NeedsPython
class SignatureAgainstPythonTest {
  private static final List<String> POSITIONAL = List.of("x", "y", "z");
  private static final List<String> KEYWORD_ONLY = List.of("k", "m");
  private static final List<String> KEYWORDS = List.of("x", "y", "k", "m", "q");
  private static final int MOST_ARGUMENTS = 4;
  private static final String PROGRAM =
      """
      import re, sys
      for line in sys.stdin:
          signature, call = line.rstrip("\\n").split(";")
          names = {}
          exec("def f(%s): return list(locals().values())" % signature, names)
          try:
              print(eval("f(%s)" % call, names))
          except TypeError as error:
              print(re.sub(r"\\. Did you mean .*", "", str(error)))
      """;

  private record Case(List<Parameter<?>> parameters, Arguments arguments) {
    String python() {
      return signature() + ";" + call();
    }

    private String signature() {
      List<String> parts = new ArrayList<>();
      boolean starred = false;
      for (Parameter<?> parameter : parameters) {
        if (parameter.isKeywordOnly() && !starred) {
          parts.add("*");
          starred = true;
        }
        parts.add(parameter.name() + (parameter.isRequired() ? "" : "=0"));
      }
      return String.join(", ", parts);
    }

    private String call() {
      List<String> parts = new ArrayList<>();
      arguments.args().forEach(value -> parts.add(String.valueOf(value)));
      arguments.kwargs().forEach((name, value) -> parts.add(name + "=" + value));
      return String.join(", ", parts);
    }

    String java() {
      try {
        return Arrays.toString(
            new Signature("f", parameters).bind(arguments, ValueBinder.withDefaults()));
      } catch (PythonError e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  @Test
  void calls_are_bound_and_refused_as_in_python(@TempDir Path directory)
      throws IOException, InterruptedException {
    List<Case> cases = new ArrayList<>();
    for (List<Parameter<?>> parameters : signatures()) {
      for (int args = 0; args <= MOST_ARGUMENTS; args++) {
        for (int chosen = 0; chosen < 1 << KEYWORDS.size(); chosen++) {
          cases.add(new Case(parameters, arguments(args, chosen)));
        }
      }
    }
    List<String> expected = askPython(directory, cases.stream().map(Case::python).toList());
    List<String> seen = cases.stream().map(Case::java).toList();
    assertThat(expected).hasSameSizeAs(cases);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(seen.get(i)).as(cases.get(i).python()).isEqualTo(expected.get(i));
    }
  }

  /** All with up to three positional parameters, defaults last, and up to two keyword-only ones. */
  private static List<List<Parameter<?>>> signatures() {
    List<List<Parameter<?>>> signatures = new ArrayList<>();
    for (int positional = 0; positional <= POSITIONAL.size(); positional++) {
      for (int required = 0; required <= positional; required++) {
        for (int named = 0; named <= KEYWORD_ONLY.size(); named++) {
          for (int optional = 0; optional < 1 << named; optional++) {
            List<Parameter<?>> parameters = new ArrayList<>();
            for (int i = 0; i < positional; i++) {
              parameters.add(parameter(POSITIONAL.get(i), i < required));
            }
            for (int i = 0; i < named; i++) {
              boolean isRequired = (optional & 1 << i) == 0;
              parameters.add(parameter(KEYWORD_ONLY.get(i), isRequired).keywordOnly());
            }
            signatures.add(parameters);
          }
        }
      }
    }
    return signatures;
  }

  private static Parameter<Long> parameter(String name, boolean required) {
    Parameter<Long> parameter = Parameter.of(name, Long.class);
    return required ? parameter : parameter.orElse(0L);
  }

  private static Arguments arguments(int count, int chosen) {
    List<@Nullable Object> args = new ArrayList<>();
    for (long i = 1; i <= count; i++) {
      args.add(i);
    }
    Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
    for (int i = 0; i < KEYWORDS.size(); i++) {
      if ((chosen & 1 << i) != 0) {
        kwargs.put(KEYWORDS.get(i), 10L + i);
      }
    }
    return new Arguments("f", null, args, kwargs);
  }

  private static List<String> askPython(Path directory, List<String> questions)
      throws IOException, InterruptedException {
    Path input = Files.writeString(directory.resolve("in"), joined(questions));
    Path output = directory.resolve("out");
    Process process =
        new ProcessBuilder(PythonInterpreter.find().executable().toString(), "-c", PROGRAM)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return Files.readAllLines(output, StandardCharsets.UTF_8);
  }

  private static String joined(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
