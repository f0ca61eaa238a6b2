package io.github.rq4j.worker;

import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.JobDataFormat;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which jobs are for functions that are registered here. Only Java can: the name is inside
 * the serialized data. What a job was found to be is remembered by its id, so that a long run of
 * other jobs is read once. For one thread at a time.
 */
final class JobSorter {
  /** Whose a waiting job is. */
  enum Kind {
    /** Its function is registered here. */
    OURS,
    /** Its function is not, or its data cannot be read here. */
    FOREIGN,
    /** There is no job behind the id. */
    NO_JOB
  }

  /**
   * What a job was found to be.
   *
   * @param digest the SHA-1 of its data in hexadecimal, empty where there is no job
   * @param untilNanos how long that is believed
   */
  record Verdict(Kind kind, String digest, long untilNanos) {}

  private static final Logger log = LoggerFactory.getLogger(JobSorter.class);
  // A job's id may come back with another function; one without a job may still get it.
  private static final long BELIEVED_NANOS = 300_000_000_000L;
  private static final long NO_JOB_NANOS = 1_000_000_000L;
  // What stands in an id for bytes that are no text: there is no way to name that job.
  private static final String UNREADABLE = "\ufffd";
  private static final int BATCH = 100;
  private static final int MOST_REMEMBERED = 200_000;

  private final WorkerConfig config;
  private final WorkerScripts scripts;
  private final JobDataFormat format;
  private final Map<String, Verdict> verdicts = new HashMap<>();

  JobSorter(WorkerConfig config, WorkerScripts scripts) {
    this.config = config;
    this.scripts = scripts;
    this.format = new JobDataFormat(config.serializer(), config.limits());
  }

  /**
   * Sorts ids from the first on. Reads no more jobs once there are enough of ours, but goes on
   * through those that it knows.
   *
   * @return what the ids stand for, in their order; fewer than there are ids where ours were enough
   */
  List<Verdict> sort(RedisConnection redis, List<String> ids, int enough) {
    if (verdicts.size() > MOST_REMEMBERED) {
      verdicts.clear();
    }
    List<Verdict> sorted = new ArrayList<>();
    int ours = 0;
    while (sorted.size() < ids.size()) {
      Verdict verdict = remembered(ids.get(sorted.size()));
      if (verdict != null) {
        sorted.add(verdict);
        ours += verdict.kind() == Kind.OURS ? 1 : 0;
      } else if (ours < enough) {
        read(redis, ids, sorted.size());
      } else {
        break;
      }
    }
    return sorted;
  }

  private @Nullable Verdict remembered(String id) {
    Verdict verdict = verdicts.get(id);
    return verdict != null && verdict.untilNanos() - System.nanoTime() > 0 ? verdict : null;
  }

  /** Reads at least the first of the ids, and what comes with it in one round trip. */
  private void read(RedisConnection redis, List<String> ids, int from) {
    List<String> batch = new ArrayList<>();
    for (int i = from; i < ids.size() && batch.size() < BATCH; i++) {
      if (remembered(ids.get(i)) == null) {
        batch.add(ids.get(i));
      }
    }
    List<Reply> data = redis.call(scripts.look(batch)).asList();
    for (int i = 0; i < data.size(); i++) {
      verdicts.put(batch.get(i), verdict(batch.get(i), data.get(i).asBytes()));
    }
    if (data.isEmpty()) {
      throw new IllegalStateException("the look at waiting jobs gave nothing");
    }
  }

  private Verdict verdict(String id, byte @Nullable [] data) {
    long now = System.nanoTime();
    if (data == null || id.contains(UNREADABLE)) {
      return new Verdict(Kind.NO_JOB, "", now + NO_JOB_NANOS);
    }
    Kind kind = isRegistered(id, data) ? Kind.OURS : Kind.FOREIGN;
    return new Verdict(kind, sha1(data), now + BELIEVED_NANOS);
  }

  private boolean isRegistered(String id, byte[] data) {
    try {
      return config.handlers().find(format.decode(data).functionName()).isPresent();
    } catch (CodecException | RqException e) {
      log.debug("job {} cannot be read here and is left to others", id, e);
      return false;
    }
  }

  private static String sha1(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /** Whatever the id stands for now is to be read anew. */
  void forget(String id) {
    verdicts.remove(id);
  }

  /** Forgets all jobs but these. */
  void retain(List<String> ids) {
    verdicts.keySet().retainAll(new HashSet<>(ids));
  }
}
