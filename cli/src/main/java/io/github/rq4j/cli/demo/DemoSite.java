package io.github.rq4j.cli.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.StringTokenizer;

/** A web site of one page, on a free port of the loopback address. */
final class DemoSite implements AutoCloseable {
  private static final String PAGE =
      """
      Python has asked for the words of this page to be counted.
      The page does not know who will do it, and neither does Python:
      any worker that listens to the queue may, in whatever language it is written.
      """;

  private final HttpServer server;

  private DemoSite(HttpServer server) {
    this.server = server;
  }

  static DemoSite open() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
          }
        });
    server.start();
    return new DemoSite(server);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** How many words the page has, counted without the functions that the demo is to test. */
  int words() {
    return new StringTokenizer(PAGE).countTokens();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
