package io.github.rq4j.client.redis;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and how to show oneself on encrypted connections. Files are read when the settings
 * are built. Immutable.
 */
public final class TlsSettings {
  private final SSLContext context;
  private final boolean verifyHostname;

  private TlsSettings(SSLContext context, boolean verifyHostname) {
    this.context = context;
    this.verifyHostname = verifyHostname;
  }

  /** The authorities that this JVM trusts, the host's name verified, no client certificate. */
  public static TlsSettings defaults() {
    return builder().build();
  }

  /** Starts settings that differ from {@link #defaults}. */
  public static Builder builder() {
    return new Builder();
  }

  SSLContext context() {
    return context;
  }

  boolean verifyHostname() {
    return verifyHostname;
  }

  /** Collects settings. Not safe for use by many threads. */
  public static final class Builder {
    private @Nullable Path caFile;
    private @Nullable String caText;
    private @Nullable Path certificate;
    private @Nullable Path key;
    private boolean verifyHostname = true;
    private boolean trustAny;

    private Builder() {}

    /** The authorities to trust instead of the JVM's: a file of PEM certificates. */
    public Builder caCertificates(Path file) {
      this.caFile = file;
      return this;
    }

    /** The authorities to trust instead of the JVM's: the text of PEM certificates. */
    public Builder caCertificates(String pem) {
      this.caText = pem;
      return this;
    }

    /**
     * What to show to a server that asks who is there.
     *
     * @param certificates a file of PEM certificates, the client's own first
     * @param privateKey a file with its key in PEM, not encrypted: PKCS #8, or PKCS #1 for RSA; may
     *     be the same file
     */
    public Builder clientCertificate(Path certificates, Path privateKey) {
      this.certificate = certificates;
      this.key = privateKey;
      return this;
    }

    /** Whether the server's certificate must be for the host of the URL. Default: true. */
    public Builder verifyHostname(boolean verify) {
      this.verifyHostname = verify;
      return this;
    }

    /**
     * Trusts whatever certificate the server shows, and with it anybody in between. For trying
     * things out.
     */
    public Builder trustAnyCertificate() {
      this.trustAny = true;
      this.verifyHostname = false;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if a file cannot be read or is not of the form above
     */
    public TlsSettings build() {
      String authorities = caFile == null ? caText : PemText.read(caFile);
      PemText.Identity identity =
          certificate == null || key == null
              ? null
              : PemText.identity(PemText.read(certificate), PemText.read(key));
      return new TlsSettings(TlsContext.create(authorities, identity, trustAny), verifyHostname);
    }
  }
}
