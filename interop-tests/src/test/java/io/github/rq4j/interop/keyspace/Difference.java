package io.github.rq4j.interop.keyspace;

/**
 * A place with one content after RQ's run and another one after ours.
 *
 * @param place such as {@code rq:job:a status}
 * @param theirs what RQ leaves; {@code <absent>} for nothing
 * @param ours what we leave; {@code <absent>} for nothing
 */
public record Difference(String place, String theirs, String ours) {
  @Override
  public String toString() {
    return place + ": RQ leaves " + theirs + ", we leave " + ours;
  }
}
