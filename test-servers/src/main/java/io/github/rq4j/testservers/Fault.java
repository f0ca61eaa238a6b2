package io.github.rq4j.testservers;

/** What a {@link RedisProxy} does to a request and the connection that it came over. */
public enum Fault {
  /** Nothing: the request is passed on, and so is its reply. */
  NONE,
  /**
   * The connection is cut in front of the request, which never reaches Redis. Earlier requests are
   * answered.
   */
  CUT_BEFORE,
  /** Redis carries the request out; its reply is thrown away and the connection cut. */
  CUT_AFTER,
  /**
   * The request waits in the proxy until the {@link Incident} is released or cut; the proxy does
   * not notice if the client goes away meanwhile.
   */
  HOLD_REQUEST,
  /**
   * Redis carries the request out; its reply and all later ones of the connection wait in the proxy
   * until the {@link Incident} is released.
   */
  HOLD_REPLY
}
