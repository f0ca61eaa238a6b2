package io.github.rq4j.cli.console;

import io.github.rq4j.codec.json.JsonSerializer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What commands print with {@code --json}: one document on one line, in ASCII. */
public final class JsonOutput {
  private JsonOutput() {}

  /** Prints a value of texts, numbers, truth values, null, lists, and maps of those. */
  public static void print(Console console, @Nullable Object value) {
    console
        .out()
        .println(new String(JsonSerializer.defaults().serialize(value), StandardCharsets.US_ASCII));
  }
}
