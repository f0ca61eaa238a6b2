package io.github.rq4j.codec.signed;

import io.github.rq4j.codec.MalformedPayloadException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The bytes around a signed payload: the magic, the version, the length of the key id and the key
 * id, which make up the header; then the MAC of header and payload; then the payload, to the end.
 */
final class Envelope {
  static final int VERSION = 1;

  private static final byte[] MAGIC = {'R', 'Q', '4', 'S'};
  private static final int VERSION_AT = MAGIC.length;
  private static final int ID_LENGTH_AT = VERSION_AT + 1;
  private static final int ID_AT = ID_LENGTH_AT + 1;

  private Envelope() {}

  static byte[] seal(SigningKey key, byte[] payload) {
    byte[] id = key.idBytes();
    int headerLength = ID_AT + id.length;
    int payloadStart = headerLength + SigningKey.MAC_BYTES;
    byte[] envelope = new byte[Math.addExact(payloadStart, payload.length)];
    System.arraycopy(MAGIC, 0, envelope, 0, MAGIC.length);
    envelope[VERSION_AT] = VERSION;
    envelope[ID_LENGTH_AT] = (byte) id.length;
    System.arraycopy(id, 0, envelope, ID_AT, id.length);
    System.arraycopy(payload, 0, envelope, payloadStart, payload.length);
    byte[] mac = key.mac(envelope, headerLength, payloadStart);
    System.arraycopy(mac, 0, envelope, headerLength, mac.length);
    return envelope;
  }

  /** How many bytes an envelope has besides the payload, at the most. */
  static int maxOverhead() {
    return ID_AT + SigningKey.MAX_ID_LENGTH + SigningKey.MAC_BYTES;
  }

  /**
   * The payload, if the signature is right.
   *
   * @throws MalformedPayloadException if it is not, or there is none
   */
  static byte[] open(byte[] envelope, Map<String, SigningKey> accepted) {
    checkStart(envelope);
    int headerLength = ID_AT + Byte.toUnsignedInt(envelope[ID_LENGTH_AT]);
    if (envelope.length < headerLength + SigningKey.MAC_BYTES) {
      throw refused("it is cut short: the " + envelope.length + " bytes end before the payload");
    }
    String id = new String(envelope, ID_AT, headerLength - ID_AT, StandardCharsets.US_ASCII);
    if (!SigningKey.isId(id)) {
      throw refused("byte " + ID_LENGTH_AT + ": the key id is not one");
    }
    SigningKey key = accepted.get(id);
    if (key == null) {
      throw refused("key " + id + " is not among those accepted, " + accepted.keySet());
    }
    if (!key.verifies(envelope, headerLength)) {
      throw refused(
          "the signature is not that of key "
              + id
              + "; the payload was changed, or the other side has another secret for this key");
    }
    return Arrays.copyOfRange(envelope, headerLength + SigningKey.MAC_BYTES, envelope.length);
  }

  private static void checkStart(byte[] envelope) {
    int compared = Math.min(envelope.length, MAGIC.length);
    if (envelope.length == 0 || !Arrays.equals(envelope, 0, compared, MAGIC, 0, compared)) {
      throw refused("there is no signature; the other side has to sign, too");
    }
    if (envelope.length < ID_AT) {
      throw refused("it is cut short: the " + envelope.length + " bytes end within the header");
    }
    if (envelope[VERSION_AT] != VERSION) {
      throw refused(
          "byte "
              + VERSION_AT
              + ": version "
              + Byte.toUnsignedInt(envelope[VERSION_AT])
              + " of the envelope is not known, only "
              + VERSION);
    }
  }

  private static MalformedPayloadException refused(String problem) {
    return new MalformedPayloadException("signed payload: " + problem);
  }
}
