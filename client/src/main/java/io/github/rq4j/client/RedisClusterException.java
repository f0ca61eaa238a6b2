package io.github.rq4j.client;

/**
 * The server belongs to a Redis Cluster of more than one shard. RQ changes keys of jobs, queues and
 * workers in one transaction; a cluster keeps them on different servers and refuses that.
 */
public final class RedisClusterException extends RqException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param server the server, without password
   * @param shards how many shards the cluster has
   */
  public RedisClusterException(String server, long shards) {
    super(
        server
            + " is part of a Redis Cluster with "
            + shards
            + " shards; RQ's transactions span keys that a cluster keeps apart. Use a server"
            + " without cluster mode, with Sentinel where it must be highly available",
        null);
  }
}
