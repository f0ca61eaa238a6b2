package io.github.rq4j.worker.horse;

import java.util.Arrays;
import java.util.Optional;

/** What a frame is for. */
public enum FrameType {
  /** From the horse, first of all: the protocol's version and the secret. */
  HELLO(0),

  /** To the horse: how it is to work. */
  SETUP(1),

  /** From the horse: it can run jobs. */
  READY(2),

  /** From the horse: it cannot, and why. */
  REFUSED(3),

  /** To the horse: a job. */
  RUN(4),

  /** From the horse: application code is about to be called that may take so long. */
  LIMIT(5),

  /** From the horse: how the job ended. */
  OUTCOME(6),

  /** From the horse: something to be done at Redis. */
  CALL(7),

  /** To the horse: what came of it. */
  REPLY(8),

  /** To the horse: no more jobs will come. */
  BYE(9);

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  /** Its number on the wire. */
  int code() {
    return code;
  }

  /** The type of that number; empty where there is none. */
  static Optional<FrameType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }
}
