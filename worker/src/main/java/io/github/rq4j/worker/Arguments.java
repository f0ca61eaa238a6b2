package io.github.rq4j.worker;

import io.github.rq4j.codec.JobData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job was enqueued with, as the serializer decoded it. Immutable as far as its values are.
 *
 * @param functionName the dotted Python name
 * @param instance the object or class whose bound method was enqueued; null for a plain function
 * @param args the positional arguments
 * @param kwargs the keyword arguments in the order they were given
 */
public record Arguments(
    String functionName,
    @Nullable Object instance,
    List<@Nullable Object> args,
    Map<String, @Nullable Object> kwargs) {

  static Arguments of(JobData call) {
    return new Arguments(call.functionName(), call.instance(), call.args(), call.kwargs());
  }
}
