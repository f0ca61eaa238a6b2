package io.github.rq4j.client;

/**
 * The server is in cluster mode. RQ changes keys of jobs, queues and workers in one transaction; a
 * cluster keeps them on different servers. Even one that has all slots refuses such transactions,
 * so that RQ itself fails there.
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
            + (shards > 1
                ? " is part of a Redis Cluster with " + shards + " shards"
                : " is in cluster mode, which refuses RQ's transactions with one shard, too")
            + "; they span keys that a cluster keeps apart. Use a server without cluster mode, with"
            + " Sentinel where it must be highly available",
        null);
  }
}
