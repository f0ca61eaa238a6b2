package io.github.rq4j.testservers;

import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.local.RedisSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An authority, a certificate for localhost and one for a client, made with the JDK's keytool.
 *
 * @param directory where the files are
 */
public record TestCertificates(Path directory) {
  private static final String PASSWORD = "changeit";

  /**
   * Makes all of them, which takes a few seconds.
   *
   * @throws IOException if keytool cannot make one
   */
  public static TestCertificates create(Path directory)
      throws GeneralSecurityException, IOException, InterruptedException {
    TestCertificates certificates = new TestCertificates(directory);
    certificates.keytool("-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
    certificates.export("ca");
    for (String name : List.of("server", "client")) {
      certificates.keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name);
      Path request = directory.resolve(name + ".csr");
      certificates.keytool("-certreq", "-alias", name, "-file", request.toString());
      List<String> sign =
          new ArrayList<>(
              List.of("-gencert", "-alias", "ca", "-rfc", "-infile", request.toString()));
      sign.addAll(List.of("-outfile", certificates.file(name + ".pem").toString()));
      if (name.equals("server")) {
        sign.addAll(List.of("-ext", "san=dns:localhost"));
      }
      certificates.keytool(sign.toArray(String[]::new));
      certificates.exportKey(name);
    }
    return certificates;
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  /** The certificate of the authority, in PEM. */
  public Path authority() {
    return file("ca.pem");
  }

  /** The certificate of the client, in PEM. */
  public Path client() {
    return file("client.pem");
  }

  /** The key of the client: PKCS #8, in PEM. */
  public Path clientKey() {
    return file("client.key");
  }

  /**
   * A server with TLS on the port, where it answers only to who shows a certificate; on its own
   * port it answers to all.
   */
  public LocalRedis startRedis(int port) {
    // The bundled server knows no TLS.
    return LocalRedis.builder()
        .sources(RedisSource.PATH)
        .arguments(
            "--tls-port", Integer.toString(port),
            "--tls-ca-cert-file", authority().toString(),
            "--tls-cert-file", file("server.pem").toString(),
            "--tls-key-file", file("server.key").toString())
        .start();
  }

  private void export(String alias) throws IOException, InterruptedException {
    keytool("-exportcert", "-alias", alias, "-rfc", "-file", file(alias + ".pem").toString());
  }

  private byte[] key(String alias) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file("store.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store.getKey(alias, PASSWORD.toCharArray()).getEncoded();
  }

  private void exportKey(String alias) throws GeneralSecurityException, IOException {
    Files.writeString(file(alias + ".key"), pem("PRIVATE KEY", key(alias)));
  }

  /** The key of the client as what PKCS #8 has inside, in PEM. */
  public String clientKeyInPkcs1() throws GeneralSecurityException, IOException {
    byte[] pkcs8 = key("client");
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
  }

  private static String pem(String kind, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(arguments));
    command.addAll(List.of("-keystore", file("store.p12").toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    if (arguments[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "2"));
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(file("keytool.log").toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("keytool does not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException("keytool: " + Files.readString(file("keytool.log")));
    }
  }
}
