package io.github.rq4j.cli.worker;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands SIGTERM and SIGINT to a worker instead of letting the JVM end at once, until closed.
 *
 * <p>Only {@code sun.misc.Signal} can catch a second signal. It is reached by reflection because
 * javac warns of it in a way that no option or annotation switches off, and warnings are errors
 * here.
 */
public final class ShutdownSignals implements AutoCloseable {
  private static final String[] NAMES = {"TERM", "INT"};

  private final Method handle;
  private final Map<Object, Object> before = new LinkedHashMap<>();

  private ShutdownSignals(Method handle) {
    this.handle = handle;
  }

  /**
   * Hands the signals over from now on.
   *
   * @throws IllegalStateException if this JVM does not let signals be caught
   */
  public static ShutdownSignals to(ShutdownRequests requests) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      ShutdownSignals signals = new ShutdownSignals(signal.getMethod("handle", signal, handler));
      Object handling =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> received(requests, method, arguments));
      for (String name : NAMES) {
        Object caught = signal.getConstructor(String.class).newInstance(name);
        signals.before.put(caught, signals.handle.invoke(null, caught, handling));
      }
      return signals;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM does not let signals be caught", e);
    }
  }

  private static @Nullable Object received(
      ShutdownRequests requests, Method method, @Nullable Object @Nullable [] arguments)
      throws ReflectiveOperationException {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(requests, arguments);
    }
    requests.received();
    return null;
  }

  /** Lets the JVM treat the signals as before. */
  @Override
  public void close() {
    try {
      for (Map.Entry<Object, Object> entry : before.entrySet()) {
        handle.invoke(null, entry.getKey(), entry.getValue());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM does not let signals be released", e);
    }
  }

  @Override
  public String toString() {
    return "catching " + before.keySet();
  }
}
