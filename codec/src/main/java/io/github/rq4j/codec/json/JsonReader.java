package io.github.rq4j.codec.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Reads one value from JSON. For one use by one thread. */
final class JsonReader {
  /** The limits of this codec count, not those of the library below. */
  private static final StreamReadConstraints NO_CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .build();

  /** Names are not kept between payloads: whoever sends them should not fill a table of ours. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(NO_CONSTRAINTS)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final CodecLimits limits;
  private final ArrayDeque<Level> levels = new ArrayDeque<>();
  private int objects;

  JsonReader(CodecLimits limits) {
    this.limits = limits;
  }

  /** A list or dict that is being filled. */
  private static final class Level {
    private final Object container;
    private String key = "";

    Level(Object container) {
      this.container = container;
    }

    void add(@Nullable Object value) {
      if (container instanceof PythonList list) {
        list.add(value);
      } else {
        ((PythonDict) container).put(key, value);
      }
    }
  }

  @Nullable Object read(byte[] bytes) {
    if (bytes.length > limits.maxInflatedBytes()) {
      throw CodecLimits.exceeded("maxInflatedBytes", limits.maxInflatedBytes(), "JSON text");
    }
    CharBuffer text = decode(bytes);
    try (JsonParser parser = FACTORY.createParser(text.array(), 0, text.limit())) {
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw malformed("something after the value", parser.currentTokenLocation().getCharOffset());
      }
      return value;
    } catch (JsonProcessingException e) {
      // Jackson's own message shows a part of the text.
      long offset = e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
      throw malformed("not valid JSON", offset);
    } catch (IOException e) {
      throw new MalformedPayloadException("JSON text cannot be read", e);
    }
  }

  private static CharBuffer decode(byte[] bytes) {
    ByteBuffer input = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(input);
    } catch (CharacterCodingException e) {
      throw new MalformedPayloadException("JSON text: no UTF-8 at byte " + input.position());
    }
  }

  private @Nullable Object value(JsonParser parser) throws IOException {
    Object value = begin(parser, parser.nextToken());
    if (levels.isEmpty()) {
      return value;
    }
    Object root = value;
    while (!levels.isEmpty()) {
      JsonToken token = parser.nextToken();
      Level level = levels.getLast();
      if (token == JsonToken.FIELD_NAME) {
        level.key = text(parser, parser.currentName());
      } else if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
        levels.removeLast();
      } else {
        level.add(begin(parser, token));
      }
    }
    return root;
  }

  /** Makes the value of a token; a list or dict becomes the one to fill. */
  private @Nullable Object begin(JsonParser parser, @Nullable JsonToken token) throws IOException {
    if (++objects > limits.maxObjects()) {
      throw exceeded("maxObjects", limits.maxObjects(), parser);
    }
    if (token == null) {
      throw malformed("no value", 0);
    }
    return switch (token) {
      case START_ARRAY -> open(new PythonList(), parser);
      case START_OBJECT -> open(new PythonDict(), parser);
      case VALUE_STRING -> text(parser, parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> floating(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw malformed("not valid JSON", parser.currentTokenLocation().getCharOffset());
    };
  }

  private Object open(Object container, JsonParser parser) {
    if (levels.size() == limits.maxDepth()) {
      throw exceeded("maxDepth", limits.maxDepth(), parser);
    }
    levels.add(new Level(container));
    return container;
  }

  private String text(JsonParser parser, String text) {
    if (text.length() > limits.maxTextBytes()) {
      throw exceeded("maxTextBytes", limits.maxTextBytes(), parser);
    }
    return text;
  }

  private Object integer(JsonParser parser) throws IOException {
    if (parser.getTextLength() > limits.maxIntDigits()
        && parser.getText().replace("-", "").length() > limits.maxIntDigits()) {
      throw exceeded("maxIntDigits", limits.maxIntDigits(), parser);
    }
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? parser.getBigIntegerValue()
        : (Object) parser.getLongValue();
  }

  private static Double floating(JsonParser parser) throws IOException {
    String text = parser.getText();
    if (!parser.isNaN()) {
      return Double.valueOf(text);
    }
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw malformed("not valid JSON", parser.currentTokenLocation().getCharOffset());
    };
  }

  private static MalformedPayloadException exceeded(String limit, long value, JsonParser parser) {
    return CodecLimits.exceeded(
        limit, value, "JSON text at character " + parser.currentTokenLocation().getCharOffset());
  }

  private static MalformedPayloadException malformed(String problem, long offset) {
    return new MalformedPayloadException(
        offset < 0 ? "JSON text: " + problem : "JSON text: " + problem + " at character " + offset);
  }
}
