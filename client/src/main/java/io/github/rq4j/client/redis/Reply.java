package io.github.rq4j.client.redis;

import io.github.rq4j.client.RedisCommandException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Redis answered to one command, read as the type that the caller expects. Immutable.
 *
 * @param value null, a {@code Long}, a {@code byte[]}, a {@code List} of these, or a {@link
 *     RedisCommandException}
 */
public record Reply(@Nullable Object value) {

  /** Tells whether the reply is Redis's nil. */
  public boolean isNil() {
    return value == null;
  }

  /**
   * The reply itself, unless it is an error.
   *
   * @throws RedisCommandException if Redis answered with an error
   */
  public Reply orThrow() {
    if (value instanceof RedisCommandException error) {
      throw error;
    }
    return this;
  }

  /** The reply as a number. */
  public long asLong() {
    Object answer = orThrow().value();
    if (answer instanceof Long number) {
      return number;
    }
    throw unexpected("a number");
  }

  /** The reply as bytes; null for nil. */
  public byte @Nullable [] asBytes() {
    Object answer = orThrow().value();
    if (answer == null || answer instanceof byte[]) {
      return (byte[]) answer;
    }
    throw unexpected("a string");
  }

  /** The reply as text; null for nil. */
  public @Nullable String asText() {
    byte[] bytes = asBytes();
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** The reply's elements; empty for nil. */
  public List<Reply> asList() {
    Object answer = orThrow().value();
    if (answer == null) {
      return List.of();
    }
    if (answer instanceof List<?> elements) {
      List<Reply> replies = new ArrayList<>(elements.size());
      for (Object element : elements) {
        replies.add(new Reply(element));
      }
      return replies;
    }
    throw unexpected("a list");
  }

  /** The reply's elements as texts. */
  public List<String> asTexts() {
    List<String> texts = new ArrayList<>();
    for (Reply element : asList()) {
      String text = element.asText();
      if (text == null) {
        throw unexpected("a list of strings");
      }
      texts.add(text);
    }
    return texts;
  }

  /** The reply's elements as field and value in turn, as {@code HGETALL} gives them. */
  public Map<String, byte[]> asHash() {
    List<Reply> elements = asList();
    Map<String, byte[]> hash = new LinkedHashMap<>();
    for (int i = 0; i + 1 < elements.size(); i += 2) {
      String field = elements.get(i).asText();
      byte[] content = elements.get(i + 1).asBytes();
      if (field == null || content == null) {
        throw unexpected("a hash");
      }
      hash.put(field, content);
    }
    return hash;
  }

  private RedisCommandException unexpected(String expected) {
    String given = value == null ? "nil" : value.getClass().getSimpleName();
    return new RedisCommandException("expected " + expected + " from Redis, got " + given);
  }
}
