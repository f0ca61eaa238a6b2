package io.github.rq4j.interop.keyspace;

/**
 * A place with one content after RQ's run and another one after ours.
 *
 * @param place such as {@code rq:job:a status}
 * @param theirs what RQ leaves; {@code <absent>} for nothing
 * @param ours what we leave; {@code <absent>} for nothing
 */
public record Difference(String place, String theirs, String ours) {
  /** Whether RQ writes an empty moment, at which RQ before 1.4 stops, and we write none. */
  public boolean isLeftOutMoment() {
    boolean isMoment = place.endsWith(" started_at") || place.endsWith(" ended_at");
    return isMoment && theirs.isEmpty() && ours.equals("<absent>");
  }

  @Override
  public String toString() {
    return place + ": RQ leaves " + theirs + ", we leave " + ours;
  }
}
