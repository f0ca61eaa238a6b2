package io.github.rq4j.testservers;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link RedisProxy}: a thread for requests, a thread for replies. */
final class ProxyConnection {
  /** What the proxy decides for a request. */
  record Verdict(Fault fault, @Nullable Incident incident) {
    static final Verdict PASS = new Verdict(Fault.NONE, null);
  }

  private final long number;
  private final Socket client;
  private final Socket redis;
  private final RedisProxy proxy;
  private final Deque<Verdict> pending = new ArrayDeque<>();
  // Those whose reply was not even begun.
  private int unanswered;
  private volatile boolean forgotten;
  private boolean subscribed;
  private boolean cut;
  private @Nullable Incident held;

  ProxyConnection(long number, Socket client, Socket redis, RedisProxy proxy) {
    this.number = number;
    this.client = client;
    this.redis = redis;
    this.proxy = proxy;
  }

  void passRequests() {
    try {
      Bursts bursts = new Bursts(client.getInputStream(), this::isIdle);
      RespValue in = new RespValue(bursts);
      OutputStream out = redis.getOutputStream();
      while (true) {
        RespValue.Request value = in.request();
        if (forgotten) {
          continue;
        }
        RedisRequest request = new RedisRequest(number, value, proxy.scriptOf(value));
        Verdict verdict = proxy.judge(request);
        if (!carryOut(request, bursts.begun(), verdict, out)) {
          return;
        }
      }
    } catch (IOException e) {
      // One side is gone; the other follows.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /** Returns whether the connection is to go on. */
  private boolean carryOut(
      RedisRequest request, boolean opensRoundTrip, Verdict verdict, OutputStream out)
      throws IOException, InterruptedException {
    proxy.awaitDelay();
    proxy.awaitPassage();
    Incident incident = verdict.incident();
    if (verdict.fault() == Fault.CUT_BEFORE) {
      awaitAnswers();
      cut();
      if (incident != null) {
        incident.happen();
      }
      return false;
    }
    if (verdict.fault() == Fault.HOLD_REQUEST && incident != null && !hold(incident)) {
      return false;
    }
    expect(request, verdict);
    proxy.forwarded(request, opensRoundTrip);
    out.write(request.raw());
    if (verdict.fault() == Fault.CUT_AFTER) {
      awaitAnswers();
      return false;
    }
    return true;
  }

  void passReplies() {
    try {
      RespValue in = new RespValue(redis.getInputStream());
      OutputStream out = client.getOutputStream();
      while (true) {
        RespValue.Reply reply = in.reply();
        proxy.awaitPassage();
        if (forgotten) {
          continue;
        }
        if (!judge(reply)) {
          return;
        }
        proxy.passedBack(reply.raw().length);
        answering(reply);
        out.write(reply.raw());
        answered(reply);
      }
    } catch (IOException e) {
      // One side is gone; the other follows.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /** Returns whether a reply may pass. */
  private boolean judge(RespValue.Reply reply) throws InterruptedException {
    Verdict verdict = reply.isPush() ? null : oldest();
    if (verdict == null) {
      return true;
    }
    Incident incident = verdict.incident();
    if (verdict.fault() == Fault.CUT_AFTER) {
      cut();
      if (incident != null) {
        incident.happen();
      }
      return false;
    }
    if (verdict.fault() == Fault.HOLD_REPLY && incident != null) {
      return hold(incident);
    }
    return true;
  }

  /** Returns whether to go on. */
  private boolean hold(Incident incident) throws InterruptedException {
    synchronized (this) {
      held = incident;
    }
    incident.happen();
    return incident.awaitRelease();
  }

  private synchronized void expect(RedisRequest request, Verdict verdict) {
    if (RedisRequest.endsReplies(request.command())) {
      // From here on Redis speaks when it likes.
      subscribed = true;
      pending.clear();
    }
    if (!subscribed) {
      pending.add(verdict);
      unanswered++;
    }
  }

  private synchronized @Nullable Verdict oldest() {
    return pending.peek();
  }

  private synchronized void answering(RespValue.Reply reply) {
    if (!reply.isPush()) {
      unanswered--;
    }
  }

  private synchronized void answered(RespValue.Reply reply) {
    if (!reply.isPush()) {
      pending.poll();
    }
    notifyAll();
  }

  private synchronized boolean isIdle() {
    return unanswered <= 0;
  }

  private synchronized void awaitAnswers() throws InterruptedException {
    while (!pending.isEmpty() && !cut) {
      wait();
    }
  }

  /** From here on neither side hears of the other, not even of its end. */
  void forget() {
    forgotten = true;
  }

  private void end() {
    if (!forgotten) {
      cut();
    }
  }

  void cut() {
    synchronized (this) {
      cut = true;
      if (held != null) {
        held.cut();
      }
      notifyAll();
    }
    closeQuietly(client);
    closeQuietly(redis);
    proxy.ended(this);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more in any case.
    }
  }
}
