package io.github.rq4j.cli.demo;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.worker.Argument;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The functions that Python calls in the demo. They know nothing of RQ, Redis or Python: arguments
 * arrive as the types they declare, what they return goes back, what they throw fails the job.
 */
public final class DemoTasks {
  private final HttpClient http = HttpClient.newHttpClient();

  /** Made once by the worker, since not all functions are static. */
  public DemoTasks() {}

  /** The function of RQ's own introduction. */
  @RqFunction("tasks.count_words_at_url")
  public long countWordsAtUrl(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
    String page = http.send(request, BodyHandlers.ofString()).body();
    return Stream.of(page.split("\\s+")).filter(word -> !word.isEmpty()).count();
  }

  /** Parameters with defaults, which a job may give by position or by name. */
  @RqFunction("tasks.greet")
  public static String greet(
      String name,
      @Argument(defaultJson = "\"Hello\"") String greeting,
      @Argument(defaultJson = "1") int times) {
    return String.join(", ", Collections.nCopies(times, greeting)) + ", " + name + "!";
  }

  /**
   * A dict of Python as a record of Java.
   *
   * @param station a dict in the dict
   * @param taken an aware datetime
   * @param serial an int of any size
   * @param raw bytes
   * @param levels a list of floats
   */
  public record Reading(
      Station station, OffsetDateTime taken, BigInteger serial, byte[] raw, List<Double> levels) {}

  /**
   * Where a reading was taken.
   *
   * @param name a str
   * @param altitude an int
   */
  public record Station(String name, int altitude) {}

  /** Takes a nested structure and gives back a changed one. */
  @RqFunction("tasks.next_reading")
  public static Reading nextReading(Reading reading) {
    return new Reading(
        reading.station(),
        reading.taken().plusDays(1),
        reading.serial().add(BigInteger.ONE),
        reversed(reading.raw()),
        reading.levels().stream().sorted().toList());
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  /** Fails when the divisor is zero. */
  @RqFunction("tasks.divide")
  public static long divide(long dividend, long divisor) {
    return dividend / divisor;
  }

  /** Returns nothing, which is None in Python. */
  @RqFunction("tasks.forget")
  public static void forget(String what) {}

  /** Sleeps; a job that exceeds its timeout is interrupted like any thread. */
  @RqFunction("tasks.nap")
  public static void nap(long seconds) throws InterruptedException {
    Thread.sleep(Duration.ofSeconds(seconds).toMillis());
  }
}
