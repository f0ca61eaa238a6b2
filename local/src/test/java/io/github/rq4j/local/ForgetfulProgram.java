package io.github.rq4j.local;

/** Starts a Redis and ends without closing it. */
final class ForgetfulProgram {

  private ForgetfulProgram() {}

  public static void main(String[] arguments) {
    LocalRedis redis = LocalRedis.start();
    System.out.println(redis.port());
    System.out.println(redis.directory());
    System.exit(0);
  }
}
