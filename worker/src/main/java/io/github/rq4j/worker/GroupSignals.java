package io.github.rq4j.worker;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals that a terminal or a supervisor sends to all processes of a worker at once, when only the
 * worker is meant: its horses are to finish their jobs.
 *
 * <p>{@code sun.misc.Signal} is reached by reflection because javac warns of it in a way that
 * nothing switches off, and warnings are errors here.
 */
final class GroupSignals {
  private static final Logger log = LoggerFactory.getLogger(GroupSignals.class);
  private static final String[] NAMES = {"INT", "TERM", "HUP"};

  private GroupSignals() {}

  /** Lets this JVM ignore them from now on. */
  static void ignore() {
    for (String name : NAMES) {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Constructor<?> named = signal.getConstructor(String.class);
        Object ignored = handler.getField("SIG_IGN").get(null);
        signal.getMethod("handle", signal, handler).invoke(null, named.newInstance(name), ignored);
      } catch (InvocationTargetException e) {
        log.debug("signal {} does not exist here or belongs to the JVM", name, e);
      } catch (ReflectiveOperationException e) {
        log.warn("this JVM does not let signals be ignored", e);
        return;
      }
    }
  }
}
