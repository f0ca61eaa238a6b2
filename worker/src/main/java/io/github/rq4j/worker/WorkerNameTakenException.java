package io.github.rq4j.worker;

import io.github.rq4j.client.RqException;

/** A living worker is registered under the name that this one was to have. */
public final class WorkerNameTakenException extends RqException {
  private static final long serialVersionUID = 1L;

  private final String name;

  WorkerNameTakenException(String name) {
    super(
        "There exists an active worker named '"
            + name
            + "' already: choose another name, or, if it"
            + " crashed, wait until its registration has expired",
        null);
    this.name = name;
  }

  /** The name that is taken. */
  public String name() {
    return name;
  }
}
