package io.github.rq4j.codec.signed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret with its name. Prints its name alone. */
final class SigningKey {
  static final int MAC_BYTES = 32;
  static final int MAX_ID_LENGTH = 64;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_ID_LENGTH + "}");
  private static final String ALGORITHM = "HmacSHA256";

  private final String id;
  private final SecretKeySpec secret;

  SigningKey(String id, byte[] secret) {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "a key id has 1 to " + MAX_ID_LENGTH + " of the characters A-Z a-z 0-9 . _ -");
    }
    if (secret.length < SignedSerializer.MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "the secret of key "
              + id
              + " has "
              + secret.length
              + " bytes; "
              + SignedSerializer.MIN_SECRET_BYTES
              + " random ones are the least");
    }
    this.id = id;
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  String id() {
    return id;
  }

  byte[] idBytes() {
    return id.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether both have the same name and secret. */
  boolean isSameAs(SigningKey other) {
    return id.equals(other.id)
        && MessageDigest.isEqual(secret.getEncoded(), other.secret.getEncoded());
  }

  /** The MAC over the first bytes of an envelope and those from an offset to its end. */
  byte[] mac(byte[] envelope, int headerLength, int payloadStart) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(envelope, 0, headerLength);
      mac.update(envelope, payloadStart, envelope.length - payloadStart);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has to have " + ALGORITHM, e);
    }
  }

  /** Whether the bytes at an offset are the MAC, in a time that does not tell where they differ. */
  boolean verifies(byte[] envelope, int headerLength) {
    int payloadStart = headerLength + MAC_BYTES;
    byte[] claimed = Arrays.copyOfRange(envelope, headerLength, payloadStart);
    return MessageDigest.isEqual(mac(envelope, headerLength, payloadStart), claimed);
  }

  @Override
  public String toString() {
    return id;
  }
}
