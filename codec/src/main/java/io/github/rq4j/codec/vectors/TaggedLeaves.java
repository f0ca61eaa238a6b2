package io.github.rq4j.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rq4j.codec.python.PythonArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonComplex;
import io.github.rq4j.codec.python.PythonDecimal;
import io.github.rq4j.codec.python.PythonFraction;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonPath;
import io.github.rq4j.codec.python.PythonRange;
import io.github.rq4j.codec.python.PythonSingleton;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the Java values of tagged values that hold no others. */
final class TaggedLeaves {
  /** Stands for "this kind is not a leaf", since null is a value. */
  static final Object NONE_OF_THESE = new Object();

  private static final int NANOS_OF_MICRO = 1000;

  private TaggedLeaves() {}

  /** A new Java value for a leaf, or {@link #NONE_OF_THESE}. */
  static @Nullable Object value(JsonNode node) {
    return switch (TaggedNode.kind(node)) {
      case "none" -> null;
      case "bool" -> TaggedNode.required(node, "v").asBoolean();
      case "int" -> integer(TaggedNode.integer(node, "v"));
      case "float" -> TaggedNode.floating(node);
      case "complex" ->
          new PythonComplex(
              TaggedNode.floating(TaggedNode.required(node, "re")),
              TaggedNode.floating(TaggedNode.required(node, "im")));
      case "str" -> distinct(TaggedNode.string(node));
      case "str8" -> string8(TaggedNode.bytes(node));
      case "bytes" -> PythonBytes.fromArray(TaggedNode.bytes(node));
      case "ellipsis" -> PythonSingleton.ELLIPSIS;
      case "notimplemented" -> PythonSingleton.NOT_IMPLEMENTED;
      case "global" ->
          new PythonGlobal(TaggedNode.text(node, "module"), TaggedNode.text(node, "name"));
      default -> libraryValue(node);
    };
  }

  private static Object libraryValue(JsonNode node) {
    return switch (TaggedNode.kind(node)) {
      case "range" ->
          new PythonRange(
              TaggedNode.integer(node, "start"),
              TaggedNode.integer(node, "stop"),
              TaggedNode.integer(node, "step"));
      case "date" -> LocalDate.parse(TaggedNode.text(node, "v"));
      case "timedelta" -> duration(node);
      case "decimal" -> PythonDecimal.parse(TaggedNode.text(node, "v"));
      case "fraction" ->
          new PythonFraction(TaggedNode.integer(node, "n"), TaggedNode.integer(node, "d"));
      case "uuid" -> UUID.fromString(TaggedNode.text(node, "v"));
      case "path" ->
          PythonPath.parse(TaggedNode.text(node, "kind"), List.of(TaggedNode.text(node, "v")));
      case "array" -> array(node);
      default -> NONE_OF_THESE;
    };
  }

  static LocalTime localTime(JsonNode node) {
    return LocalTime.parse(TaggedNode.text(node, "v"));
  }

  static LocalDateTime localDateTime(JsonNode node) {
    return LocalDateTime.parse(TaggedNode.text(node, "v"));
  }

  private static Object integer(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  /** An equal string that is a new object, but for those of which Python has only one each. */
  private static String distinct(String text) {
    if (text.length() > 1 || (text.length() == 1 && text.charAt(0) > 255)) {
      return CharBuffer.wrap(text).toString();
    }
    return text.intern();
  }

  /** An 8-bit string as it is read by default: text if it is UTF-8, else bytes. */
  private static Object string8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return PythonBytes.fromArray(bytes);
    }
  }

  private static Duration duration(JsonNode node) {
    JsonNode parts = TaggedNode.required(node, "v");
    return Duration.ofDays(TaggedNode.element(parts, 0).asLong())
        .plusSeconds(TaggedNode.element(parts, 1).asLong())
        .plusNanos(TaggedNode.element(parts, 2).asLong() * NANOS_OF_MICRO);
  }

  private static PythonArray array(JsonNode node) {
    String code = TaggedNode.text(node, "code");
    if (code.length() != 1) {
      throw new IllegalArgumentException("a type code of an array is one character");
    }
    List<JsonNode> elements = TaggedNode.nodes(node, "v");
    return switch (code) {
      case "f", "d" ->
          PythonArray.ofDoubles(
              code.charAt(0), elements.stream().mapToDouble(TaggedNode::floating).toArray());
      default ->
          PythonArray.ofLongs(
              code.charAt(0),
              elements.stream()
                  .mapToLong(element -> new BigInteger(element.asText()).longValue())
                  .toArray());
    };
  }
}
