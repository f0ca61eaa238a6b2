package io.github.rq4j.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The golden vectors among the test resources. */
public final class VectorFiles {
  private VectorFiles() {}

  /** The vectors of one file, such as {@code scalars}: a line of JSON each. */
  public static List<String> lines(String file) {
    String resource = "/vectors/" + file + ".jsonl.gz";
    try (InputStream stored = VectorFiles.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Objects.requireNonNull(stored, resource)),
                    StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
