package io.github.rq4j.testservers;

/**
 * What went through a {@link RedisProxy} since it was made.
 *
 * @param connections how many connections were accepted
 * @param requests how many requests reached Redis
 * @param roundTrips how often requests came over a connection on which no reply was awaited: those
 *     that are sent together count once, unless they are more than a network packet holds
 * @param bytesToRedis bytes of the requests that reached Redis
 * @param bytesFromRedis bytes of the replies that were passed on
 */
public record Traffic(
    long connections, long requests, long roundTrips, long bytesToRedis, long bytesFromRedis) {

  /** What went through since an earlier moment. */
  public Traffic since(Traffic earlier) {
    return new Traffic(
        connections - earlier.connections,
        requests - earlier.requests,
        roundTrips - earlier.roundTrips,
        bytesToRedis - earlier.bytesToRedis,
        bytesFromRedis - earlier.bytesFromRedis);
  }
}
