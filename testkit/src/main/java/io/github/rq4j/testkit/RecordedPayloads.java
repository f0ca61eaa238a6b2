package io.github.rq4j.testkit;

import io.github.rq4j.client.RqException;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.JobFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Calls of a project's own functions as Python RQ stores them, recorded by {@code rq4j-record}, to
 * be held against the Java functions: one test for each, which fails where the call cannot be
 * decoded or does not fit its function. No function is called, and neither Python nor Redis is
 * needed. Immutable.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> recorded_calls_fit() {
 *   return RecordedPayloads.read(Path.of("src/test/payloads")).against(handlers);
 * }
 * }</pre>
 */
public final class RecordedPayloads {

  private static final String SUFFIX = ".jsonl";

  private final List<Payload> payloads;
  private final Serializer serializer;

  private RecordedPayloads(List<Payload> payloads, Serializer serializer) {
    this.payloads = payloads;
    this.serializer = serializer;
  }

  /**
   * One line of a recording.
   *
   * @param place the file's name and the line
   * @param source the file with the line, as test reports link to it
   * @param call the call as RQ describes it
   * @param data what RQ stores in the job's field {@code data}
   */
  private record Payload(String place, URI source, String call, byte[] data) {}

  /**
   * Reads recordings.
   *
   * @param recording a file, or a folder with files whose names end in {@code .jsonl}
   * @throws IllegalArgumentException if there is nothing recorded, or it cannot be read as such;
   *     names file and line
   */
  public static RecordedPayloads read(Path recording) {
    List<Payload> payloads = new ArrayList<>();
    try {
      for (Path file : files(recording)) {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
          payloads.add(payload(file, i + 1, lines.get(i)));
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + recording + ": " + e, e);
    }
    if (payloads.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is recorded in " + recording + "; record it with rq4j-record");
    }
    return new RecordedPayloads(List.copyOf(payloads), PickleSerializer.defaults());
  }

  private static List<Path> files(Path recording) throws IOException {
    if (!Files.isDirectory(recording)) {
      return List.of(recording);
    }
    try (Stream<Path> files = Files.list(recording)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private static Payload payload(Path file, int line, String text) {
    String place = file.getFileName() + ":" + line;
    try {
      Object value = JsonSerializer.defaults().deserialize(text.getBytes(StandardCharsets.UTF_8));
      if (value instanceof Map<?, ?> fields
          && fields.get("call") instanceof String call
          && fields.get("data") instanceof String data) {
        URI source = URI.create(file.toUri() + "?line=" + line);
        return new Payload(place, source, call, Base64.getDecoder().decode(data));
      }
    } catch (CodecException | IllegalArgumentException e) {
      throw new IllegalArgumentException(place + " is no recorded call: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        place + " is no recorded call: an object with the texts \"call\" and \"data\" is");
  }

  /** The same payloads, read with the serializer that they were recorded with; else pickle. */
  public RecordedPayloads serializer(Serializer jobSerializer) {
    return new RecordedPayloads(payloads, jobSerializer);
  }

  /** How many there are; at least one. */
  public int size() {
    return payloads.size();
  }

  /**
   * One test for each payload, named after file, line and call.
   *
   * @param handlers the functions as the project's workers register them
   */
  public Stream<DynamicTest> against(Handlers handlers) {
    JobDataFormat format = new JobDataFormat(serializer, CodecLimits.defaults());
    return payloads.stream()
        .map(
            payload ->
                DynamicTest.dynamicTest(
                    payload.place() + " " + payload.call(),
                    payload.source(),
                    () -> check(payload, format, handlers)));
  }

  private static void check(Payload payload, JobDataFormat format, Handlers handlers) {
    JobData data;
    try {
      data = format.decode(payload.data());
    } catch (CodecException | RqException e) {
      throw new AssertionError(payload.place() + " cannot be decoded: " + e.getMessage(), e);
    }
    JobFailure failure = handlers.check(data).orElse(null);
    if (failure != null) {
      throw new AssertionError(
          "%s does not fit %s: %s: %s"
              .formatted(payload.place(), data.functionName(), failure.type(), failure.message()));
    }
  }
}
