package io.github.rq4j.cli.verify;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.json.JsonSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A file that {@code rq4j-record} wrote: on each line a call as RQ stores it. */
final class Recording {
  private static final String SUFFIX = ".jsonl";

  private Recording() {}

  /** Whether the file's name says that it is one. */
  static boolean isOne(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  /**
   * The data of its calls, each with file and line.
   *
   * @throws IOException if it cannot be read
   * @throws CommandFailure if a line is no recorded call
   */
  static void read(Path file, BiConsumer<String, byte[]> each) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    if (lines.isEmpty()) {
      throw CommandFailure.failure("nothing is recorded in " + file);
    }
    for (int i = 0; i < lines.size(); i++) {
      String place = file + ":" + (i + 1);
      each.accept(place, data(place, lines.get(i).getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  private static byte[] data(String place, byte[] line) {
    try {
      if (JsonSerializer.defaults().deserialize(line) instanceof Map<?, ?> fields
          && fields.get("data") instanceof String data) {
        return Base64.getDecoder().decode(data);
      }
    } catch (CodecException | IllegalArgumentException e) {
      throw CommandFailure.failure(place + " is no recorded call: " + e.getMessage(), e);
    }
    throw CommandFailure.failure(
        place + " is no recorded call: there is no object with the text 'data'");
  }
}
