package io.github.rq4j.client;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What stands behind an interface whose methods enqueue. Immutable. */
final class QueueProxy<P> implements InvocationHandler {
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private final Class<P> type;
  private final Map<Method, ProxyMethod> methods;
  private final RqClient client;
  private final Queue queue;
  private final @Nullable EnqueueOptions options;

  private QueueProxy(
      Class<P> type,
      Map<Method, ProxyMethod> methods,
      RqClient client,
      Queue queue,
      @Nullable EnqueueOptions options) {
    this.type = type;
    this.methods = methods;
    this.client = client;
    this.queue = queue;
    this.options = options;
  }

  /**
   * Makes a proxy.
   *
   * @throws IllegalArgumentException if the type is no interface or has a method that cannot
   *     enqueue
   */
  static <P> P create(Class<P> type, RqClient client, Queue queue) {
    if (!type.isInterface() || type.isAnnotation()) {
      throw new IllegalArgumentException(type.getName() + " is not an interface");
    }
    Map<Method, ProxyMethod> methods = new HashMap<>();
    for (Method method : type.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers()) && !isWith(method) && !isOfObject(method)) {
        methods.put(method, ProxyMethod.of(method));
      }
    }
    return new QueueProxy<>(type, methods, client, queue, null).proxy();
  }

  private static boolean isWith(Method method) {
    return WithOptions.class.isAssignableFrom(method.getDeclaringClass())
        && method.getName().equals("with")
        && method.getParameterCount() == 1
        && method.getParameterTypes()[0] == EnqueueOptions.class;
  }

  private static boolean isOfObject(Method method) {
    try {
      Object.class.getMethod(method.getName(), method.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private P proxy() {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    @Nullable Object[] arguments = given == null ? NO_ARGUMENTS : given;
    ProxyMethod enqueuing = methods.get(method);
    if (enqueuing != null) {
      Queue target = enqueuing.queue().isEmpty() ? queue : queue.withName(enqueuing.queue());
      return enqueuing.enqueue(client, target, options, arguments);
    }
    if (isWith(method)) {
      EnqueueOptions others = (EnqueueOptions) Objects.requireNonNull(arguments[0], "options");
      return new QueueProxy<>(type, methods, client, queue, others).proxy();
    }
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> type.getSimpleName() + " on " + queue;
      default -> InvocationHandler.invokeDefault(proxy, method, arguments);
    };
  }
}
