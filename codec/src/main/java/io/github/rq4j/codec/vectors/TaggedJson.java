package io.github.rq4j.codec.vectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.UnsupportedValueException;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/**
 * Values as tagged JSON, the form in which golden vectors describe them: each value an object with
 * its Python type in {@code t}, shared values marked by {@code id} and {@code ref}.
 */
public final class TaggedJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TaggedJson() {}

  /**
   * Makes the value that tagged JSON describes. References become references to one object, and
   * equal parts that are none become distinct objects, strings included.
   *
   * @throws MalformedPayloadException if the text is not JSON or not tagged as expected
   */
  public static @Nullable Object read(String json) {
    try {
      return TaggedValues.of(parse(json));
    } catch (IllegalArgumentException
        | ArithmeticException
        | DateTimeException
        | UnsupportedValueException e) {
      throw new MalformedPayloadException("not a tagged value: " + e.getMessage(), e);
    }
  }

  /**
   * Describes a value that was read from a pickle or from JSON, as one line of ASCII. What is one
   * object is described once and referred to after that, so that it is one object again when read.
   *
   * @throws UnsupportedValueException if the value holds another Java type, or is nested some
   *     hundred levels deep
   */
  public static String write(@Nullable Object value) {
    try {
      return MAPPER.writeValueAsString(TaggedOutput.of(value));
    } catch (JsonProcessingException e) {
      throw new UnsupportedValueException("tagged JSON cannot be written", e);
    }
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new MalformedPayloadException("not JSON, in " + e.getLocation().offsetDescription(), e);
    }
  }
}
