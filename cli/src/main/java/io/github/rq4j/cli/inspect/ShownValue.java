package io.github.rq4j.cli.inspect;

import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.python.PythonRepr;
import io.github.rq4j.codec.vectors.TaggedJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decoded value in the forms in which people read it. */
final class ShownValue {
  private ShownValue() {}

  /** As Python prints it. */
  static String python(@Nullable Object value) {
    return PythonRepr.of(value, Integer.MAX_VALUE);
  }

  /**
   * As Python prints it, and under {@code json} as plain JSON; where JSON lacks a type, under
   * {@code tagged} with the type of every value.
   */
  static Map<String, @Nullable Object> of(@Nullable Object value) {
    Map<String, @Nullable Object> forms = new LinkedHashMap<>();
    forms.put("python", python(value));
    try {
      forms.put("json", parsed(JsonSerializer.defaults().serialize(value)));
    } catch (UnsupportedValueException notJson) {
      try {
        String tagged = TaggedJson.write(value);
        forms.put("tagged", parsed(tagged.getBytes(StandardCharsets.UTF_8)));
      } catch (CodecException e) {
        forms.put("problem", e.getMessage());
      }
    }
    return forms;
  }

  private static @Nullable Object parsed(byte[] json) {
    return JsonSerializer.defaults().deserialize(json);
  }
}
