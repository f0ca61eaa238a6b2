package io.github.rq4j.benchmarks;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonTuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A job as CPython wrote it, in the forms in which benchmarks need it. The files lie in the
 * directory that the system property {@code rq4j.payloads} names: {@code NAME.pickle} and {@code
 * NAME.zlib}, the same deflated.
 */
@State(Scope.Benchmark)
public class JobPayload {
  /** Which payload. */
  @Param({"small", "medium", "large"})
  public String payload = "small";

  final PickleSerializer serializer = PickleSerializer.defaults();
  final JobDataFormat format = new JobDataFormat(serializer, CodecLimits.defaults());
  final Deflater deflater = new Deflater(6);
  final Inflater inflater = new Inflater();
  byte[] pickle = {};
  byte[] stored = {};
  JobData call = new JobData("", null, List.of(), Map.of());
  PythonTuple job = PythonTuple.EMPTY;

  /**
   * Reads the files.
   *
   * @throws IllegalStateException if what is written back is not, byte for byte, what CPython wrote
   */
  @Setup
  public void read() throws IOException {
    Path directory = Path.of(System.getProperty("rq4j.payloads", "target/payloads"));
    pickle = Files.readAllBytes(directory.resolve(payload + ".pickle"));
    stored = Files.readAllBytes(directory.resolve(payload + ".zlib"));
    call = asOfProducer(format.decode(stored));
    job = PythonTuple.of(call.functionName(), null, PythonTuple.copyOf(call.args()), call.kwargs());
    if (!Arrays.equals(serializer.serialize(job), pickle)) {
      throw new IllegalStateException(payload + " is not pickled as CPython does");
    }
  }

  /**
   * The same call of new values, in the JDK's own collections, as a Java program that enqueues
   * passes it. Keys stay the same objects, as those that a program names.
   */
  static JobData asOfProducer(JobData decoded) {
    List<@Nullable Object> args = new ArrayList<>();
    decoded.args().forEach(arg -> args.add(ofJdk(arg)));
    Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
    decoded.kwargs().forEach((name, value) -> kwargs.put(name, ofJdk(value)));
    return new JobData(decoded.functionName(), decoded.instance(), args, kwargs);
  }

  private static @Nullable Object ofJdk(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(item -> copy.add(ofJdk(item)));
      return copy;
    }
    if (value instanceof Map<?, ?> map) {
      Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key, ofJdk(item)));
      return copy;
    }
    return value instanceof String text ? String.valueOf(text.toCharArray()) : value;
  }
}
