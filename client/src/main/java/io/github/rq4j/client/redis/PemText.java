package io.github.rq4j.client.redis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as text between BEGIN and END lines. */
final class PemText {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448");
  // version 0, algorithm rsaEncryption without parameters: what PKCS #8 puts before an RSA key.
  private static final byte[] RSA_PREFIX = {
    2, 1, 0, 48, 13, 6, 9, 42, -122, 72, -122, -9, 13, 1, 1, 1, 5, 0
  };

  private PemText() {}

  /** A client's certificates and key. */
  record Identity(List<X509Certificate> certificates, PrivateKey key) {}

  static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static Identity identity(String certificates, String key) {
    return new Identity(certificates(certificates), key(key));
  }

  static List<X509Certificate> certificates(String pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher block = BLOCK.matcher(pem);
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      while (block.find()) {
        if (String.valueOf(block.group(1)).endsWith("CERTIFICATE")) {
          ByteArrayInputStream der = new ByteArrayInputStream(decode(block));
          certificates.add((X509Certificate) factory.generateCertificate(der));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a PEM certificate cannot be read", e);
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("there is no PEM certificate where one is expected");
    }
    return certificates;
  }

  private static PrivateKey key(String pem) {
    Matcher block = BLOCK.matcher(pem);
    while (block.find()) {
      String kind = String.valueOf(block.group(1));
      if (kind.equals("PRIVATE KEY")) {
        return key(decode(block));
      }
      if (kind.equals("RSA PRIVATE KEY") && !String.valueOf(block.group(2)).contains(":")) {
        return key(inPkcs8(decode(block)));
      }
      if (kind.endsWith("PRIVATE KEY")) {
        throw new IllegalArgumentException(
            "a private key of the form '"
                + kind
                + "', or an encrypted one, cannot be read; make it PKCS #8 with: openssl pkcs8"
                + " -topk8 -nocrypt -in KEY -out NEW");
      }
    }
    throw new IllegalArgumentException("there is no PEM private key where one is expected");
  }

  private static PrivateKey key(byte[] pkcs8) {
    for (String algorithm : ALGORITHMS) {
      PrivateKey key = key(algorithm, pkcs8);
      if (key != null) {
        return key;
      }
    }
    throw new IllegalArgumentException("a PEM private key is of none of " + ALGORITHMS);
  }

  private static @Nullable PrivateKey key(String algorithm, byte[] pkcs8) {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (InvalidKeySpecException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("this JVM has no " + algorithm + " keys", e);
    }
  }

  private static byte[] decode(Matcher block) {
    try {
      return Base64.getMimeDecoder().decode(String.valueOf(block.group(2)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a PEM block is not base64");
    }
  }

  private static byte[] inPkcs8(byte[] pkcs1) {
    byte[] octets = tagged(4, pkcs1);
    ByteBuffer content = ByteBuffer.allocate(RSA_PREFIX.length + octets.length);
    content.put(RSA_PREFIX).put(octets);
    return tagged(48, content.array());
  }

  private static byte[] tagged(int tag, byte[] content) {
    return ByteBuffer.allocate(content.length + 4)
        .put((byte) tag)
        .put((byte) 0x82)
        .putShort((short) content.length)
        .put(content)
        .array();
  }
}
