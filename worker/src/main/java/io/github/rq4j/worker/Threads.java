package io.github.rq4j.worker;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;

/** Makes the worker's threads: named after worker and duty, never holding the JVM open. */
final class Threads {
  private Threads() {}

  static Thread daemon(String name, Runnable duty) {
    Thread thread = new Thread(duty, name);
    thread.setDaemon(true);
    return thread;
  }

  static ThreadFactory daemons(String name) {
    return duty -> daemon(name, duty);
  }

  /** Makes threads of a kind from their names and duties. */
  @FunctionalInterface
  interface Maker {
    Thread thread(String name, Runnable duty);
  }

  /**
   * The maker of a kind of threads.
   *
   * @throws IllegalArgumentException if this Java has no such threads
   */
  static Maker of(JobThreads kind) {
    return kind == JobThreads.VIRTUAL ? virtual() : Threads::daemon;
  }

  /** Virtual threads are reached by reflection: the classes are compiled for Java 17. */
  private static Maker virtual() {
    try {
      Method ofVirtual = Thread.class.getMethod("ofVirtual");
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Method name = builder.getMethod("name", String.class);
      Method unstarted = builder.getMethod("unstarted", Runnable.class);
      return (threadName, duty) -> {
        try {
          Object named = name.invoke(ofVirtual.invoke(null), threadName);
          return (Thread) unstarted.invoke(named, duty);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("a virtual thread cannot be made", e);
        }
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "virtual threads need Java 21 or newer, this is Java " + Runtime.version(), e);
    }
  }
}
