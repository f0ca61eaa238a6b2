package io.github.rq4j.interop.examples;

import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.signed.SignedSerializer;

/** What docs/signed-payloads.md shows. */
final class SignedSnippets {
  private SignedSnippets() {}

  static Serializer signed(byte[] newSecret, byte[] oldSecret) {
    // docs:begin signed-serializer
    Serializer serializer =
        SignedSerializer.around(PickleSerializer.defaults())
            .signingKey("2026-11", newSecret)
            .acceptedKey("2026-05", oldSecret)
            .build();
    // docs:end signed-serializer
    return serializer;
  }
}
