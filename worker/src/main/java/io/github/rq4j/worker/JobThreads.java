package io.github.rq4j.worker;

/** What kind of threads run the functions. */
public enum JobThreads {
  /** Threads of the operating system. */
  PLATFORM,

  /**
   * Virtual threads, for many slots whose functions mostly wait. They need Java 21 or newer; before
   * Java 24 a function that waits inside {@code synchronized} holds a thread of the operating
   * system meanwhile.
   */
  VIRTUAL,

  /**
   * No threads of their own: jobs run, one at a time, in the thread that calls {@link
   * RqWorker#runUntilShutdown}. For tests, and for functions that want a certain thread. The worker
   * waits for a function that ignores its interruption: it has no other thread to go on in.
   */
  CALLER
}
