package io.github.rq4j.client;

import io.github.rq4j.codec.CallDescription;
import io.github.rq4j.codec.JobData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which function to call with which arguments: {@code Call.of("tasks.add").args(1, 2).kwarg("x",
 * 3)}. Immutable: every method that adds something returns a new call.
 */
public final class Call {
  private final String functionName;
  private final List<@Nullable Object> args;
  private final Map<String, @Nullable Object> kwargs;

  private Call(
      String functionName, List<@Nullable Object> args, Map<String, @Nullable Object> kwargs) {
    this.functionName = functionName;
    this.args = args;
    this.kwargs = kwargs;
  }

  /**
   * A call without arguments.
   *
   * @param functionName the dotted name that Python resolves, such as {@code shop.tasks.send}
   * @throws IllegalArgumentException if the name is blank or has half of a surrogate pair, at which
   *     Python workers stop
   */
  public static Call of(String functionName) {
    if (functionName.isBlank()) {
      throw new IllegalArgumentException("a call needs the dotted name of a function");
    }
    Names.text("a function's name", functionName);
    return new Call(functionName, List.of(), Map.of());
  }

  /** The same call with these positional arguments appended. */
  public Call args(@Nullable Object... more) {
    List<@Nullable Object> all = new ArrayList<>(args);
    all.addAll(Arrays.asList(more));
    return new Call(functionName, Collections.unmodifiableList(all), kwargs);
  }

  /**
   * The same call with a keyword argument added, or replaced where it has one of that name.
   *
   * @throws IllegalArgumentException if the name has half of a surrogate pair, at which Python
   *     workers stop
   */
  public Call kwarg(String name, @Nullable Object value) {
    Names.text("a keyword argument's name", name);
    Map<String, @Nullable Object> all = new LinkedHashMap<>(kwargs);
    all.put(name, value);
    return new Call(functionName, args, Collections.unmodifiableMap(all));
  }

  /** The dotted name of the function. */
  public String functionName() {
    return functionName;
  }

  JobData data() {
    return new JobData(functionName, null, args, kwargs);
  }

  /** The call as Python would write it, each argument cut at 75 characters, as RQ describes it. */
  @Override
  public String toString() {
    return CallDescription.of(data());
  }
}
