package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import java.util.ArrayList;
import java.util.List;

/**
 * Jobs under a common name (RQ 2.0 on). Immutable; safe for use by many threads. Obtained from
 * {@link RqClient#group}.
 */
public final class Group {
  private static final int CHUNK = 500;

  private final RqClient client;
  private final String name;

  Group(RqClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** The group's name. */
  public String name() {
    return name;
  }

  /** Tells whether the group has jobs; one without is no group to RQ. */
  public boolean exists() {
    return client.call(Command.of("EXISTS", Keys.group(name))).asLong() > 0;
  }

  /** The ids of its jobs, of those that are gone as well, in no order. */
  public List<String> jobIds() {
    return client.call(Command.of("SMEMBERS", Keys.group(name))).asTexts();
  }

  /** Its jobs that are still there, in no order. RQ takes out the others as it reads. */
  public List<JobSnapshot> jobs() {
    return List.copyOf(client.jobs(jobIds()).values());
  }

  /**
   * Takes a job out of the group; the job itself stays. RQ's {@code delete_job}.
   *
   * @return whether it was in it
   */
  public boolean remove(String jobId) {
    return client.call(Command.of("SREM", Keys.group(name), jobId)).asLong() > 0;
  }

  /**
   * Takes out the jobs that are gone, and forgets the group if none is left.
   *
   * @return how many were taken out
   */
  public long cleanup() {
    long removed = 0;
    for (List<String> chunk : Paging.chunks(jobIds(), CHUNK)) {
      List<Command> questions =
          chunk.stream().map(id -> Command.of("EXISTS", Keys.job(id))).toList();
      List<Reply> replies = client.server().with(connection -> connection.pipeline(questions));
      List<Command> removals = new ArrayList<>();
      for (int i = 0; i < chunk.size(); i++) {
        if (replies.get(i).asLong() == 0) {
          removals.add(Command.of("SREM", Keys.group(name), chunk.get(i)));
        }
      }
      removed += removals.size();
      if (!removals.isEmpty()) {
        client.server().with(connection -> connection.pipeline(removals));
      }
    }
    if (!exists()) {
      client.call(Command.of("SREM", Keys.GROUPS, name));
    }
    return removed;
  }

  /** Deletes the group and all its jobs, see {@link Job#delete}. */
  public void deleteWithJobs() {
    for (List<String> chunk : Paging.chunks(jobIds(), CHUNK)) {
      Steering steering = new Steering(client);
      List<Command> deletions = chunk.stream().map(id -> steering.delete(id, false)).toList();
      client.server().with(connection -> connection.pipeline(deletions)).forEach(Reply::orThrow);
    }
    cleanup();
  }

  @Override
  public String toString() {
    return "Group(" + name + ")";
  }
}
