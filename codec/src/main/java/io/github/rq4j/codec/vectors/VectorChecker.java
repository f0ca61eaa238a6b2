package io.github.rq4j.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Checks a pickle codec against golden vectors: one JSON object a line, with a pickle that Python
 * wrote and the tagged description of its value, or with bytes that are to be refused. A canonical
 * pickle also has to come out byte for byte when its value is written.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class VectorChecker {
  private static final int LAST_PROTOCOL = 5;

  /** Classes of bytes that a reader may take or refuse. */
  private static final Set<String> OPTIONAL =
      Set.of("trailing", "lenient", "resource", "forbidden-global", "unknown-global");

  /** Classes that may come out as inert object: only the class named could refuse them. */
  private static final Set<String> UP_TO_THE_CLASS = Set.of("bad-type", "bad-args");

  /**
   * Outcomes of the vectors' own making: names not allowed, memory that Python claims too early.
   */
  private static final Set<String> UP_TO_PYTHON = Set.of("refused", "MemoryError");

  private final IntFunction<Serializer> serializers;

  /**
   * Creates a checker.
   *
   * @param serializers the codec to check, for a protocol from 0 to 5 to write
   */
  public VectorChecker(IntFunction<Serializer> serializers) {
    this.serializers = serializers;
  }

  /**
   * Checks all vectors of a file.
   *
   * @param lines the content; closed by the caller
   * @throws MalformedPayloadException if a line is no vector; the message tells which
   * @throws UncheckedIOException if reading fails
   */
  public VectorReport check(Reader lines) {
    VectorReport.Builder report = new VectorReport.Builder();
    int number = 1;
    try {
      BufferedReader reader = new BufferedReader(lines);
      for (String line = reader.readLine(); line != null; line = reader.readLine(), number++) {
        check(TaggedJson.parse(line), report);
      }
    } catch (MalformedPayloadException | IllegalArgumentException e) {
      throw new MalformedPayloadException(
          "line " + number + " is no golden vector: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return report.build();
  }

  private void check(JsonNode vector, VectorReport.Builder report) {
    String id = TaggedNode.text(vector, "id");
    String problem = vector.has("class") ? refusalProblem(vector) : readingProblem(vector);
    report.decoded(id, problem);
    if (problem == null && vector.path("canonical").asBoolean()) {
      if (isWrittenAsPythonDid(vector)) {
        report.encoded();
      } else if (holdsPairOfSurrogates(TaggedNode.required(vector, "value"))) {
        report.ambiguous(id);
      } else {
        report.failed(id, "is written with other bytes");
      }
    }
  }

  private boolean isWrittenAsPythonDid(JsonNode vector) {
    Object value = TaggedValues.of(TaggedNode.required(vector, "value"));
    int protocol = TaggedNode.required(vector, "protocol").asInt();
    try {
      return Arrays.equals(serializers.apply(protocol).serialize(value), pickle(vector));
    } catch (CodecException e) {
      return false;
    }
  }

  /**
   * Whether there is a str of two surrogates that Java's text cannot tell from the one character
   * that they are in UTF-16.
   */
  private static boolean holdsPairOfSurrogates(JsonNode node) {
    JsonNode points = node.path("cp");
    for (int i = 1; i < points.size(); i++) {
      int high = points.get(i - 1).asInt();
      int low = points.get(i).asInt();
      if (high >= Character.MIN_HIGH_SURROGATE
          && high <= Character.MAX_HIGH_SURROGATE
          && low >= Character.MIN_LOW_SURROGATE
          && low <= Character.MAX_LOW_SURROGATE) {
        return true;
      }
    }
    for (JsonNode member : node) {
      if (holdsPairOfSurrogates(member)) {
        return true;
      }
    }
    return false;
  }

  /** What is wrong with the reading of a vector, null if nothing is. */
  private @Nullable String readingProblem(JsonNode vector) {
    byte[] pickle = pickle(vector);
    if (vector.has("zlib")
        && !Arrays.equals(inflate(vector.get("zlib").asText(), pickle.length), pickle)) {
      return "the zlib stream does not inflate to the pickle";
    }
    try {
      return valueProblem(vector, deserialize(pickle));
    } catch (CodecException e) {
      return "refused: " + e.getMessage();
    }
  }

  private static @Nullable String valueProblem(JsonNode vector, @Nullable Object value) {
    JsonNode node = TaggedNode.required(vector, "value");
    return TaggedComparison.matches(node, value, !isOfPython2Alone(vector))
            || (isHandMade(vector) && isOfSameClass(node, value))
        ? null
        : "reads as another value";
  }

  private static boolean isHandMade(JsonNode vector) {
    return vector.path("impl").asText().equals("hand");
  }

  /** What a hand-made pickle passes to a class only the class itself turns into its attributes. */
  private static boolean isOfSameClass(JsonNode node, @Nullable Object value) {
    return TaggedNode.kind(node).equals("object")
        && value instanceof PythonObject object
        && Objects.equals(TaggedLeaves.value(TaggedNode.required(node, "func")), object.callable());
  }

  private static boolean isOfPython2Alone(JsonNode vector) {
    List<JsonNode> pythons = TaggedNode.nodes(vector, "pythons");
    return !pythons.isEmpty() && pythons.stream().allMatch(p -> p.asText().startsWith("2"));
  }

  /** What is wrong with the refusal of a damaged or hostile input, null if nothing is. */
  private @Nullable String refusalProblem(JsonNode vector) {
    String kind = TaggedNode.text(vector, "class");
    String outcome = TaggedNode.text(vector, "python");
    boolean isAccepted = outcome.equals("ok");
    Object value;
    try {
      value = deserialize(pickle(vector));
    } catch (CodecException e) {
      boolean mayBeRefused = !isAccepted || OPTIONAL.contains(kind);
      return mayBeRefused ? null : "refused: " + e.getMessage();
    }
    if (isAccepted) {
      return vector.has("value") ? valueProblem(vector, value) : null;
    }
    boolean isInert = value instanceof PythonObject && UP_TO_THE_CLASS.contains(kind);
    boolean isBytes = value instanceof PythonBytes && outcome.equals("UnicodeDecodeError");
    boolean mayBeAccepted =
        isInert || isBytes || OPTIONAL.contains(kind) || UP_TO_PYTHON.contains(outcome);
    return mayBeAccepted ? null : "read, but should be refused as " + kind;
  }

  private @Nullable Object deserialize(byte[] pickle) {
    return serializers.apply(LAST_PROTOCOL).deserialize(pickle);
  }

  private static byte[] pickle(JsonNode vector) {
    if (vector.has("hex")) {
      return HexFormat.of().parseHex(vector.get("hex").asText());
    }
    return inflate(TaggedNode.text(vector, "zhex"), TaggedNode.required(vector, "len").asInt());
  }

  private static byte[] inflate(String hex, int length) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(HexFormat.of().parseHex(hex));
      byte[] content = new byte[length];
      int size = 0;
      int got = -1;
      while (size < length && got != 0) {
        got = inflater.inflate(content, size, length - size);
        size += got;
      }
      return Arrays.copyOf(content, size);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a vector holds a damaged zlib stream", e);
    } finally {
      inflater.end();
    }
  }
}
