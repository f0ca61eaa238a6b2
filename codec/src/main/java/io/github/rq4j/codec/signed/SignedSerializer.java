package io.github.rq4j.codec.signed;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.UnsupportedValueException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signs what another serializer writes, and lets it read only what is signed with a key that is
 * accepted. Whoever can write to Redis but has no key can then neither make up a payload nor change
 * one; a payload seen before can still be sent again.
 *
 * <p>The signature is an HMAC-SHA256. An envelope is, from its first byte to its last:
 *
 * <table>
 * <caption>The envelope</caption>
 * <tr><th>bytes</th><th>content</th></tr>
 * <tr><td>4</td><td>the ASCII characters {@code RQ4S}</td></tr>
 * <tr><td>1</td><td>the version of the envelope, 1</td></tr>
 * <tr><td>1</td><td>the length of the key id, 1 to 64</td></tr>
 * <tr><td>1 to 64</td><td>the key id in ASCII</td></tr>
 * <tr><td>32</td><td>the HMAC-SHA256 of all bytes before it and all bytes behind it</td></tr>
 * <tr><td>the rest</td><td>the payload, as the inner serializer wrote it</td></tr>
 * </table>
 *
 * <p>Keys have ids so that they can be changed while jobs wait: first every side accepts the new
 * key, then every side signs with it, and when nothing signed with the old one is left, none
 * accepts that any more. A Python side uses the module {@code signed.py} that comes with rq4j.
 *
 * <p>Immutable and safe for use by many threads, as the inner serializer has to be. Secrets are in
 * no message and no {@code toString}.
 */
public final class SignedSerializer implements Serializer {
  /** The least number of bytes of a secret, the size of the MAC: {@value}. */
  public static final int MIN_SECRET_BYTES = 32;

  private final Serializer inner;
  private final SigningKey signingKey;
  private final Map<String, SigningKey> accepted;
  private final CodecLimits limits;

  private SignedSerializer(Serializer inner, SigningKey signingKey, Builder builder) {
    this.inner = inner;
    this.signingKey = signingKey;
    accepted = Collections.unmodifiableMap(new LinkedHashMap<>(builder.accepted));
    limits = builder.limits;
  }

  /**
   * A builder of the serializer around another one.
   *
   * @param inner what writes and reads the payload inside
   */
  public static Builder around(Serializer inner) {
    return new Builder(inner);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedValueException as the inner serializer does
   */
  @Override
  public byte[] serialize(@Nullable Object value) {
    return Envelope.seal(signingKey, inner.serialize(value));
  }

  /**
   * {@inheritDoc} No byte of the payload is looked at before the signature has been found right.
   *
   * @throws MalformedPayloadException if the signature is missing, cut short or wrong, or of a key
   *     that is not accepted, or if the envelope exceeds the limits; and as the inner serializer
   *     does, with byte offsets that count from the start of the payload
   */
  @Override
  public @Nullable Object deserialize(byte[] bytes) {
    long most = (long) limits.maxInflatedBytes() + Envelope.maxOverhead();
    if (bytes.length > most) {
      throw CodecLimits.exceeded(
          "maxInflatedBytes",
          limits.maxInflatedBytes(),
          "a signed payload of " + bytes.length + " bytes");
    }
    return inner.deserialize(Envelope.open(bytes, accepted));
  }

  /** The key ids, the one to sign with first; no secrets. */
  @Override
  public String toString() {
    return "SignedSerializer[signs with " + signingKey + ", accepts " + accepted.keySet() + "]";
  }

  /** Collects keys. Secrets are copied. */
  public static final class Builder {
    private final Serializer inner;
    private final Map<String, SigningKey> accepted = new LinkedHashMap<>();
    private @Nullable SigningKey signingKey;
    private CodecLimits limits = CodecLimits.defaults();

    private Builder(Serializer inner) {
      this.inner = Objects.requireNonNull(inner, "inner");
    }

    /**
     * Sets the key to sign with, which is also accepted.
     *
     * @param id 1 to 64 of the characters {@code A-Z a-z 0-9 . _ -}; written into each envelope
     * @param secret random bytes, {@value SignedSerializer#MIN_SECRET_BYTES} or more
     * @throws IllegalArgumentException if the id or the length of the secret is not as said, or if
     *     the id was given another secret before
     */
    public Builder signingKey(String id, byte[] secret) {
      signingKey = accept(new SigningKey(id, secret));
      return this;
    }

    /**
     * Accepts one more key, without signing with it.
     *
     * @param id as for {@link #signingKey}
     * @param secret as for {@link #signingKey}
     * @throws IllegalArgumentException as for {@link #signingKey}
     */
    public Builder acceptedKey(String id, byte[] secret) {
      accept(new SigningKey(id, secret));
      return this;
    }

    private SigningKey accept(SigningKey key) {
      SigningKey known = accepted.putIfAbsent(key.id(), key);
      if (known != null && !known.isSameAs(key)) {
        throw new IllegalArgumentException("key " + key + " was given two secrets");
      }
      return key;
    }

    /**
     * Sets the limits; {@link CodecLimits#defaults()} by default. Here, {@code maxInflatedBytes}
     * bounds the payload in an envelope that is read.
     */
    public Builder limits(CodecLimits newLimits) {
      limits = Objects.requireNonNull(newLimits, "limits");
      return this;
    }

    /**
     * The serializer with the keys collected so far.
     *
     * @throws IllegalStateException if there is no key to sign with
     */
    public SignedSerializer build() {
      SigningKey key = signingKey;
      if (key == null) {
        throw new IllegalStateException("there is no key to sign with: call signingKey");
      }
      return new SignedSerializer(inner, key, this);
    }
  }
}
