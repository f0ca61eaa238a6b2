package io.github.rq4j.worker.horse;

/** What a frame is for. Their order is part of the protocol. */
public enum FrameType {
  /** From the horse, first of all: the protocol's version and the secret. */
  HELLO,

  /** To the horse: how it is to work. */
  SETUP,

  /** From the horse: it can run jobs. */
  READY,

  /** From the horse: it cannot, and why. */
  REFUSED,

  /** To the horse: a job. */
  RUN,

  /** From the horse: application code is about to be called that may take so long. */
  LIMIT,

  /** From the horse: how the job ended. */
  OUTCOME,

  /** From the horse: something to be done at Redis. */
  CALL,

  /** To the horse: what came of it. */
  REPLY,

  /** To the horse: no more jobs will come. */
  BYE
}
