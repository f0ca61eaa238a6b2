package io.github.rq4j.interop.examples;

// docs:begin gzip-serializer
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.Serializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses what another serializer writes. */
final class GzipSerializer implements Serializer {
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private final Serializer inner;

  GzipSerializer(Serializer inner) {
    this.inner = inner;
  }

  @Override
  public byte[] serialize(@Nullable Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(inner.serialize(value));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public @Nullable Object deserialize(byte[] bytes) {
    byte[] plain;
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      plain = gzip.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new MalformedPayloadException("no whole gzip stream", e);
    }
    if (plain.length > MAX_BYTES) {
      throw new MalformedPayloadException("more than " + MAX_BYTES + " bytes after decompression");
    }
    return inner.deserialize(plain);
  }
}
// docs:end gzip-serializer
