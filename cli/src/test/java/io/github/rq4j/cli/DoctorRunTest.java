package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DoctorRunTest extends OnRedis {

  @AfterEach
  void restore() {
    call("CONFIG", "SET", "maxmemory", "0");
    call("CONFIG", "SET", "maxmemory-policy", "noeviction");
    call("CONFIG", "SET", "appendonly", "no");
  }

  private void worker(String name, String queue, String heartbeat) {
    String key = "rq:worker:" + name;
    call("HSET", key, "queues", queue, "state", "idle", "version", "3.0.0");
    call("HSET", key, "birth", heartbeat, "last_heartbeat", heartbeat);
    call("SADD", "rq:workers", key);
    call("SADD", "rq:workers:" + queue, key);
  }

  @Test
  void a_sound_database_is_told_and_nothing_is_changed() {
    call("CONFIG", "SET", "appendonly", "yes");
    worker("w1", "default", Instant.now().toString());
    client.queue("default").enqueue(Call.of("tasks.f"));
    long keys = call("DBSIZE").asLong();

    CommandRun run = run("doctor");

    assertThat(run.out())
        .contains("ok       server: ", "ok       permissions: ", "ok       clock: ")
        .contains("ok       workers: 1, of RQ 3.0.0 (1)", "ok       queue default: 1 jobs wait")
        .doesNotContain("warning", "problem");
    assertThat(run.exitCode()).isZero();
    assertThat(call("DBSIZE").asLong()).isEqualTo(keys);
  }

  @Test
  void an_eviction_policy_that_deletes_jobs_is_a_problem() {
    call("CONFIG", "SET", "maxmemory", "100mb");
    call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");

    CommandRun run = run("doctor");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("problem  eviction: allkeys-lru", "maxmemory-policy noeviction");
  }

  @Test
  void a_server_that_saves_nothing_is_a_warning() {
    assertThat(run("doctor").out()).contains("warning  persistence: nothing is saved to disk");
  }

  @Test
  void what_the_user_may_not_do_is_a_problem() {
    call(
        "ACL",
        "SETUSER",
        "poor",
        "on",
        ">secret",
        "~rq:*",
        "resetchannels",
        "&rq:*",
        "+@all",
        "-eval",
        "-xadd");
    String address = url().substring("redis://".length());

    CommandRun run = CommandRun.of("doctor", "-u", "redis://poor:secret@" + address);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("problem  permissions: NOPERM", "'eval'", "'xadd'", "ACL SETUSER");
  }

  @Test
  void jobs_without_a_worker_suspended_workers_and_silent_ones_are_warnings() {
    client.queue("high").enqueue(Call.of("tasks.f"));
    worker("old", "low", "2026-01-01T00:00:00.000000Z");
    call("SADD", "rq:workers", "rq:worker:gone");
    call("SET", "rq:suspended", "1");

    CommandRun run = run("doctor");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("warning  queue high: 1 jobs wait, and no worker works on it")
        .contains("warning  workers: 1 not heard of for 8 minutes: old")
        .contains("note     workers: 1 registered without a hash")
        .contains("warning  suspension: workers are suspended for ever", "rq4j resume");
  }

  @Test
  void workers_of_different_releases_are_noted() {
    worker("w1", "default", Instant.now().toString());
    worker("w2", "default", Instant.now().toString());
    call("HSET", "rq:worker:w2", "version", "1.16.2");

    assertThat(run("doctor").out()).contains("note     workers: 2, of RQ 1.16.2 (1), 3.0.0 (1)");
  }

  @Test
  void leftovers_in_a_queue_are_found() {
    worker("w1", "default", Instant.now().toString());
    call("SADD", "rq:queues", "rq:queue:default");
    call("RPUSH", "rq:queue:default", "orphan", "odd", "empty");
    call("HSET", "rq:job:odd", "data", "rubbish");
    call("HSET", "rq:job:empty", "status", "queued");
    call("RPUSH", "rq:queue:default:intermediate", "stuck");
    call("ZADD", "rq:scheduled:default", "1000", "late");
    call("ZADD", "rq:wip:default", "1000", "lost:0123");

    CommandRun run = run("doctor", "default");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("note     queue default: 1 ids whose job is gone: orphan")
        .contains("warning  queue default: 2 jobs cannot be read: odd (", "empty (no data)")
        .contains("warning  queue default: 1 jobs were taken but not started: stuck")
        .contains("warning  queue default: a job was due at 1970-01-01T00:16:40Z")
        .contains("start a worker with --with-scheduler")
        .contains("warning  queue default: 1 jobs run that nobody was heard of: lost");
  }

  @Test
  void findings_are_there_as_json() {
    CommandRun run = run("doctor", "--json");

    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.out()).startsWith("[{\"grade\": \"OK\", \"check\": \"server\", \"text\": \"");
  }
}
