package io.github.rq4j.codec;

import io.github.rq4j.codec.Zlib.Inflation;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonTuple;
import io.github.rq4j.codec.python.PythonTypeName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The field {@code data} of a job hash: the tuple of function name, instance, positional and
 * keyword arguments, serialized and then deflated. RQ before 0.10 does not deflate; such data is
 * read, too.
 *
 * <p>Safe for use by many threads. The zlib engines in it are used again and again: keep one format
 * for each serializer.
 */
public final class JobDataFormat {
  /** What the elements of the tuple are called, in their order. */
  private static final List<String> NAMES = List.of("functionName", "instance", "args", "kwargs");

  private static final int ELEMENTS = NAMES.size();

  private final Serializer serializer;
  private final CodecLimits limits;
  private final EnginePool<Deflater> deflaters =
      new EnginePool<>(Zlib::newDeflater, Deflater::reset, Deflater::end);
  private final EnginePool<Inflater> inflaters =
      new EnginePool<>(Inflater::new, Inflater::reset, Inflater::end);

  /**
   * Creates the format.
   *
   * @param serializer what producer and worker of the queue have agreed on
   * @param limits bounds for what is inflated; those of the serializer are its own
   */
  public JobDataFormat(Serializer serializer, CodecLimits limits) {
    this.serializer = Objects.requireNonNull(serializer, "serializer");
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Serializes and deflates a call. The same bytes come out as from Python, as long as Java runs on
   * the usual zlib.
   *
   * @throws UnsupportedValueException if an argument has no form in the serializer; where that
   *     tells the place, it is one such as {@code args[0].price}
   */
  public byte[] encode(JobData data) {
    return deflate(serialize(tuple(data)));
  }

  /**
   * Deflates a call that was serialized before: {@code deflate(encodeAsIs(data))} is {@code
   * encode(data)}, in two steps of which only the first can fail.
   *
   * @param serialized what {@link #encodeAsIs} gave
   */
  public byte[] deflate(byte[] serialized) {
    Deflater deflater = deflaters.take();
    try {
      return Zlib.deflate(deflater, serialized);
    } finally {
      deflaters.giveBack(deflater);
    }
  }

  private static PythonTuple tuple(JobData data) {
    PythonDict kwargs = new PythonDict();
    kwargs.putAll(data.kwargs());
    return PythonTuple.of(
        data.functionName(), data.instance(), PythonTuple.copyOf(data.args()), kwargs);
  }

  /**
   * Serializes a call without deflating it, as RQ before 0.10 does. Later releases read it, too.
   *
   * @throws UnsupportedValueException as {@link #encode}
   */
  public byte[] encodeAsIs(JobData data) {
    return serialize(tuple(data));
  }

  /**
   * The serializer for what the producer of a call is to read: see {@link Serializer#matching}.
   *
   * @param stored the call's data; may be damaged
   */
  public Serializer serializerFor(byte[] stored) {
    Inflater inflater = inflaters.take();
    try {
      return serializer.matching(Zlib.beginning(inflater, stored));
    } finally {
      inflaters.giveBack(inflater);
    }
  }

  private byte[] serialize(PythonTuple job) {
    try {
      return serializer.serialize(job);
    } catch (UnsupportedValueException e) {
      String message = String.valueOf(e.getMessage());
      for (int i = 0; i < ELEMENTS; i++) {
        String place = "value[" + i + "]";
        if (message.startsWith(place)) {
          throw new UnsupportedValueException(NAMES.get(i) + message.substring(place.length()), e);
        }
      }
      throw e;
    }
  }

  /**
   * Reads a call. Data that is no whole zlib stream is given to the serializer as it is, since a
   * pickle of protocol 0 may look like the beginning of one. None stands for no arguments.
   *
   * @throws MalformedPayloadException if the bytes are damaged or exceed a limit
   * @throws UnsupportedValueException if they are well formed but hold no call
   */
  public JobData decode(byte[] stored) {
    Inflation inflation = inflate(stored);
    byte[] plain = inflation.bytes();
    return toJobData(
        plain != null ? serializer.deserialize(plain) : readAsIs(stored, inflation.problem()));
  }

  private Inflation inflate(byte[] stored) {
    Inflater inflater = inflaters.take();
    try {
      return Zlib.inflate(inflater, stored, limits);
    } finally {
      inflaters.giveBack(inflater);
    }
  }

  private @Nullable Object readAsIs(byte[] stored, String problem) {
    try {
      return serializer.deserialize(stored);
    } catch (MalformedPayloadException e) {
      throw new MalformedPayloadException(
          "job data is no zlib stream (" + problem + "), and as it is: " + e.getMessage(), e);
    }
  }

  private static JobData toJobData(@Nullable Object value) {
    List<?> job = elements(value);
    if (job == null) {
      throw refused("is " + PythonTypeName.of(value) + ", not a tuple or list of " + ELEMENTS);
    }
    if (job.size() != ELEMENTS) {
      throw refused("has " + job.size() + " elements, not " + ELEMENTS);
    }
    String functionName = text(job.get(0));
    if (functionName == null) {
      throw refused("has as function name " + PythonTypeName.of(job.get(0)) + ", not str");
    }
    List<?> args = job.get(2) == null ? List.of() : elements(job.get(2));
    if (args == null) {
      throw refused("has as args " + PythonTypeName.of(job.get(2)) + ", not a tuple or list");
    }
    return new JobData(
        functionName, job.get(1), Collections.unmodifiableList(args), keywordArguments(job.get(3)));
  }

  private static @Nullable List<?> elements(@Nullable Object value) {
    if (value instanceof PythonTuple tuple) {
      return tuple.asList();
    }
    return value instanceof List<?> list ? list : null;
  }

  private static Map<String, @Nullable Object> keywordArguments(@Nullable Object kwargs) {
    if (kwargs == null) {
      return Map.of();
    }
    if (!(kwargs instanceof Map<?, ?> entries)) {
      throw refused("has as kwargs " + PythonTypeName.of(kwargs) + ", not a dict");
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      String name = text(entry.getKey());
      if (name == null) {
        throw refused(
            "has in kwargs a key that is " + PythonTypeName.of(entry.getKey()) + ", not str");
      }
      if (named.containsKey(name)) {
        throw refused("has in kwargs one name twice, as str and as bytes");
      }
      named.put(name, entry.getValue());
    }
    return named;
  }

  /** A name, also from the byte string that Python 2 may have written; null if it is neither. */
  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof PythonBytes bytes) {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes.toByteArray()))
            .toString();
      } catch (CharacterCodingException e) {
        return null;
      }
    }
    return value instanceof String text ? text : null;
  }

  private static UnsupportedValueException refused(String problem) {
    return new UnsupportedValueException("job data " + problem);
  }
}
