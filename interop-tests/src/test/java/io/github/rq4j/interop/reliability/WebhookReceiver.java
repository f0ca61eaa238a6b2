package io.github.rq4j.interop.reliability;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes webhooks and notes by the ends of their addresses which came. */
final class WebhookReceiver implements AutoCloseable {
  private static final int NO_CONTENT = 204;

  private final HttpServer server;
  private final List<String> received = new CopyOnWriteArrayList<>();

  private WebhookReceiver(HttpServer server) {
    this.server = server;
  }

  static WebhookReceiver start() throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    WebhookReceiver receiver = new WebhookReceiver(HttpServer.create(free, 0));
    receiver.server.createContext(
        "/",
        exchange -> {
          receiver.received.add(exchange.getRequestURI().getPath().substring(1));
          exchange.sendResponseHeaders(NO_CONTENT, -1);
          exchange.close();
        });
    receiver.server.start();
    return receiver;
  }

  String url(String end) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + end;
  }

  List<String> received() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
