package io.github.rq4j.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Stands between clients and a Redis server, on a port of the loopback address, and does to their
 * connections what networks do: at a request of one's choice, or to all at once. It understands the
 * protocol, pipelined requests too, and counts what passes. Thread-safe.
 *
 * <pre>{@code
 * try (RedisProxy proxy = RedisProxy.to(redis.uri())) {
 *   proxy.nameScript("claim", "-- Takes jobs off the queues");
 *   Incident lost = proxy.once(r -> r.script().equals("claim"), Fault.CUT_AFTER);
 *   // ... start a worker on proxy.uri() ...
 *   lost.await();
 * }
 * }</pre>
 *
 * <p>Requests over one connection are judged one after another; what is held on one connection does
 * not hold up others. TLS and Unix sockets are not understood.
 */
public final class RedisProxy implements AutoCloseable {
  // Below the ports of outgoing connections: while this one refuses, it must not become another's.
  private static final int FIRST_PORT = 10_000;
  private static final int LAST_PORT = 32_000;
  private static final int PORT_TRIES = 50;

  private record Rule(Predicate<RedisRequest> which, Fault fault, Incident incident) {}

  private final URI redis;
  private final int port;
  private final ScriptNames scripts = new ScriptNames();
  private final Set<ProxyConnection> open = ConcurrentHashMap.newKeySet();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong roundTrips = new AtomicLong();
  private final AtomicLong bytesToRedis = new AtomicLong();
  private final AtomicLong bytesFromRedis = new AtomicLong();
  private volatile Function<RedisRequest, Fault> choice = request -> Fault.NONE;
  private volatile Duration delay = Duration.ZERO;
  private ServerSocket server;
  private Thread acceptor;
  private boolean frozen;

  private RedisProxy(URI redis) {
    this.redis = redis;
    this.server = listenSomewhere();
    this.port = server.getLocalPort();
    this.acceptor = acceptFrom(server);
  }

  /**
   * Opens a proxy in front of a server.
   *
   * @param redis the server's host, port and, where clients are to be told so, database
   * @throws UncheckedIOException if no port is free
   */
  public static RedisProxy to(URI redis) {
    return new RedisProxy(redis);
  }

  /** The address for clients, with the user and the database of the server's. */
  public URI uri() {
    String user = redis.getRawUserInfo() == null ? "" : redis.getRawUserInfo() + "@";
    String path = redis.getRawPath() == null ? "" : redis.getRawPath();
    return URI.create("redis://" + user + "127.0.0.1:" + port + path);
  }

  /**
   * Gives a name to the script whose text contains a marker, which {@link RedisRequest#script} then
   * returns. The text is known once the script was loaded, or sent, through this proxy.
   */
  public void nameScript(String name, String marker) {
    scripts.name(name, marker);
  }

  /** Does a fault to the next request that is so, and to no other. */
  public Incident once(Predicate<RedisRequest> which, Fault fault) {
    Incident incident = new Incident();
    rules.add(new Rule(which, fault, incident));
    return incident;
  }

  /**
   * Asks for each request what to do to it, in place of what was said before. A fault that was
   * ordered {@link #once} goes first.
   *
   * @param choice called by many threads; may answer {@code NONE}, {@code CUT_BEFORE} and {@code
   *     CUT_AFTER}
   */
  public void each(Function<RedisRequest, Fault> choice) {
    this.choice = choice;
  }

  /** Lets each request wait that long before it is passed on. */
  public void delay(Duration delay) {
    this.delay = delay;
  }

  /** Cuts all connections. */
  public void cut() {
    open.forEach(ProxyConnection::cut);
  }

  /** Cuts all connections and refuses new ones, as a host without a server does. */
  public synchronized void refuse() {
    try {
      server.close();
      // Until it has noticed, the operating system takes connections for it.
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cut();
  }

  /** Accepts connections again after {@link #refuse}. */
  public synchronized void accept() {
    if (server.isClosed()) {
      server = listen(port);
      acceptor = acceptFrom(server);
    }
  }

  /**
   * Lets nothing through any more, in either direction, without cutting a connection; new ones are
   * accepted and hang. So does a network that loses every packet.
   */
  public synchronized void freeze() {
    frozen = true;
  }

  /**
   * Forgets all connections, as a router does: they stay open, and what is sent over them goes
   * nowhere. Later ones are as good as new.
   */
  public void forget() {
    open.forEach(ProxyConnection::forget);
  }

  /** Lets everything through again, also what waited. */
  public synchronized void thaw() {
    frozen = false;
    notifyAll();
  }

  /** What went through so far. */
  public Traffic traffic() {
    return new Traffic(
        connections.get(),
        requests.get(),
        roundTrips.get(),
        bytesToRedis.get(),
        bytesFromRedis.get());
  }

  /**
   * How many requests of a name reached Redis so far.
   *
   * @param name see {@link RedisRequest#name}
   */
  public long count(String name) {
    AtomicLong count = counts.get(name);
    return count == null ? 0 : count.get();
  }

  String scriptOf(RespValue.Request request) {
    return scripts.of(request.parts());
  }

  ProxyConnection.Verdict judge(RedisRequest request) {
    for (Rule rule : List.copyOf(rules)) {
      // Of two connections that come at once, one gets it.
      if (rule.which().test(request) && rules.remove(rule)) {
        return new ProxyConnection.Verdict(rule.fault(), rule.incident());
      }
    }
    Fault fault = choice.apply(request);
    return fault == Fault.NONE
        ? ProxyConnection.Verdict.PASS
        : new ProxyConnection.Verdict(fault, null);
  }

  void awaitPassage() throws InterruptedException {
    synchronized (this) {
      while (frozen) {
        wait();
      }
    }
  }

  void awaitDelay() throws InterruptedException {
    Thread.sleep(delay.toMillis());
  }

  void forwarded(RedisRequest request, boolean opensRoundTrip) {
    requests.incrementAndGet();
    bytesToRedis.addAndGet(request.raw().length);
    counts.computeIfAbsent(request.name(), name -> new AtomicLong()).incrementAndGet();
    if (opensRoundTrip) {
      roundTrips.incrementAndGet();
    }
  }

  void passedBack(int bytes) {
    bytesFromRedis.addAndGet(bytes);
  }

  void ended(ProxyConnection connection) {
    open.remove(connection);
  }

  private static ServerSocket listenSomewhere() {
    UncheckedIOException last = null;
    for (int attempt = 0; attempt < PORT_TRIES; attempt++) {
      try {
        return listen(RandomGenerator.getDefault().nextInt(FIRST_PORT, LAST_PORT));
      } catch (UncheckedIOException e) {
        last = e;
      }
    }
    throw new UncheckedIOException("no free port for a proxy", new IOException(last));
  }

  private static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Thread acceptFrom(ServerSocket listening) {
    return start("accept", () -> acceptAll(listening));
  }

  private void acceptAll(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        serve(listening.accept());
      } catch (IOException e) {
        // Closed; or the client was gone before it was served.
      }
    }
  }

  private void serve(Socket client) throws IOException {
    Socket upstream;
    try {
      upstream = new Socket(redis.getHost(), redis.getPort());
    } catch (IOException e) {
      client.close();
      return;
    }
    client.setTcpNoDelay(true);
    upstream.setTcpNoDelay(true);
    ProxyConnection connection =
        new ProxyConnection(connections.incrementAndGet(), client, upstream, this);
    open.add(connection);
    Thread unused = start("requests", connection::passRequests);
    unused = start("replies", connection::passReplies);
  }

  private Thread start(String duty, Runnable work) {
    Thread thread = new Thread(work, "redis-proxy-" + port + "-" + duty);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Cuts all connections and listens no longer. */
  @Override
  public void close() {
    refuse();
    thaw();
  }
}
