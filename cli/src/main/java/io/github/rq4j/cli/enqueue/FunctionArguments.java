package io.github.rq4j.cli.enqueue;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.json.JsonSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a function in the notation of {@code rq enqueue}: {@code text}, {@code :json},
 * {@code %literal}, each of them as {@code name=text}, {@code name:=json}, {@code name%=literal};
 * what begins with {@code @} is the content of a file.
 *
 * @param args the positional ones
 * @param kwargs those with a name
 */
record FunctionArguments(List<@Nullable Object> args, Map<String, @Nullable Object> kwargs) {

  private enum Form {
    TEXT,
    JSON,
    LITERAL
  }

  /**
   * Reads them.
   *
   * @throws CommandFailure if one cannot be read, in RQ's words
   */
  static FunctionArguments parse(List<String> arguments) {
    List<@Nullable Object> args = new ArrayList<>();
    Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
    for (String argument : arguments) {
      Split split = Split.of(argument);
      String what = split.name == null ? (args.size() + 1) + ". non keyword argument" : split.name;
      Object value = value(split.form, content(split.text), what);
      if (split.name == null) {
        args.add(value);
      } else if (kwargs.containsKey(split.name)) {
        throw CommandFailure.misuse("You can't specify multiple values for the same keyword.");
      } else {
        kwargs.put(split.name, value);
      }
    }
    return new FunctionArguments(args, kwargs);
  }

  private record Split(@Nullable String name, Form form, String text) {

    static Split of(String argument) {
      if (argument.startsWith(":")) {
        return new Split(null, Form.JSON, argument.substring(1));
      }
      if (argument.startsWith("%")) {
        return new Split(null, Form.LITERAL, argument.substring(1));
      }
      int equals = argument.indexOf('=');
      if (equals <= 0) {
        return new Split(null, Form.TEXT, argument);
      }
      String text = argument.substring(equals + 1);
      if (argument.indexOf(':') == equals - 1) {
        return new Split(argument.substring(0, equals - 1), Form.JSON, text);
      }
      if (argument.indexOf('%') == equals - 1) {
        return new Split(argument.substring(0, equals - 1), Form.LITERAL, text);
      }
      return new Split(argument.substring(0, equals), Form.TEXT, text);
    }
  }

  private static String content(String text) {
    if (!text.startsWith("@")) {
      return text;
    }
    String name = text.substring(1);
    try {
      byte[] bytes = Files.readAllBytes(Path.of(name));
      String content =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // Python's text files have one kind of line end.
      return content.replace("\r\n", "\n").replace('\r', '\n');
    } catch (NoSuchFileException | InvalidPathException e) {
      throw CommandFailure.failure("Could not open file '" + name + "': Not found", e);
    } catch (IOException e) {
      throw CommandFailure.failure(
          "Could not open file '" + name + "': " + e.getClass().getSimpleName(), e);
    }
  }

  private static @Nullable Object value(Form form, String text, String what) {
    try {
      return switch (form) {
        case TEXT -> distinct(text);
        case JSON ->
            SharedKeys.in(
                JsonSerializer.defaults().deserialize(text.getBytes(StandardCharsets.UTF_8)));
        case LITERAL -> PythonLiteral.parse(text);
      };
    } catch (CodecException e) {
      throw CommandFailure.misuse("Unable to parse " + what + " as JSON.", e);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.misuse(
          "Unable to eval " + what + " as Python object (" + e.getMessage() + ").", e);
    }
  }

  /** An object of its own: equal arguments are not one object in Python, which a pickle shows. */
  private static String distinct(String text) {
    return String.valueOf(text.toCharArray());
  }
}
