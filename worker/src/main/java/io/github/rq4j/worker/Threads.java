package io.github.rq4j.worker;

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
}
