package io.github.rq4j.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What RQ stores in the {@code data} field of a job: which function to call and with what.
 *
 * @param functionName the dotted name, or the bare method name when there is an instance
 * @param instance the object or class that a bound method belongs to; null for a plain function
 * @param args the positional arguments
 * @param kwargs the keyword arguments in the order they were given
 */
public record JobData(
    String functionName,
    @Nullable Object instance,
    List<@Nullable Object> args,
    Map<String, @Nullable Object> kwargs) {

  /** Copies the collections, so that a job's data never changes. */
  public JobData {
    args = Collections.unmodifiableList(new ArrayList<>(args));
    kwargs = Collections.unmodifiableMap(new LinkedHashMap<>(kwargs));
  }
}
