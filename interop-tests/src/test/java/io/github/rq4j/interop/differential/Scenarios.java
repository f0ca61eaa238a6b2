package io.github.rq4j.interop.differential;

import java.util.List;

/** One scenario per outcome that a job can have. */
final class Scenarios {
  private Scenarios() {}

  static final List<Scenario> ALL =
      List.of(
          Scenario.of("a value").enqueue("add", "1, y=2", "job_id='a'"),
          Scenario.of("None").enqueue("nothing", "", "job_id='a'"),
          Scenario.of("a value in JSON").enqueueAsJson("add", "1, y=2", "job_id='a'"),
          Scenario.of("a result ttl").enqueue("add", "1", "job_id='a', result_ttl=10"),
          Scenario.of("a result ttl of 0").enqueue("add", "1", "job_id='a', result_ttl=0"),
          Scenario.of("a result without end").enqueue("add", "1", "job_id='a', result_ttl=-1"),
          Scenario.of("a ttl in the queue").enqueue("add", "1", "job_id='a', ttl=100"),
          Scenario.of("no time limit").enqueue("add", "1", "job_id='a', job_timeout=-1"),
          Scenario.of("a value that cannot be written").enqueue("unserializable", "", "job_id='a'"),
          Scenario.of("an exception").enqueue("boom", "'kaput'", "job_id='a'"),
          Scenario.of("a failure ttl").enqueue("boom", "'kaput'", "job_id='a', failure_ttl=10"),
          Scenario.of("a failure ttl of 0").enqueue("boom", "", "job_id='a', failure_ttl=0"),
          Scenario.of("a failure without end").enqueue("boom", "", "job_id='a', failure_ttl=-1"),
          Scenario.of("a timeout").enqueue("sleep", "30", "job_id='a', job_timeout=1"),
          Scenario.of("an unknown function").enqueue("no_such_function", "", "job_id='a'"),
          Scenario.of("arguments that do not fit").enqueue("add", "z=1", "job_id='a'"),
          Scenario.of("data that nobody can read")
              .enqueue("add", "1", "job_id='a'")
              .python("connection.hset('rq:job:a', 'data', b'garbage')")
              .pickleOnly(),
          Scenario.of("retries at once until none is left")
              .enqueue("boom", "", "job_id='a', retry=Retry(max=2)"),
          Scenario.of("a retry later")
              .enqueue("boom", "", "job_id='a', retry=Retry(max=2, interval=[100, 200])"),
          Scenario.of("a retry that succeeds")
              .enqueue("fail_times", "'calls', 1", "job_id='a', retry=Retry(max=2)"),
          Scenario.of("a child waits for its parent")
              .enqueue("add", "1", "job_id='a'")
              .enqueue("add", "2", "job_id='b', depends_on='a'"),
          Scenario.of("a child waits for two parents")
              .enqueue("add", "1", "job_id='a'")
              .enqueue("add", "2", "job_id='b'")
              .enqueue("add", "3", "job_id='c', depends_on=['a', 'b']"),
          Scenario.of("a child on another queue")
              .enqueue("add", "1", "job_id='a'")
              .enqueueTo("other", "add", "2", "job_id='b', depends_on='a'"),
          Scenario.of("a parent fails")
              .enqueue("boom", "", "job_id='a'")
              .enqueue("add", "2", "job_id='b', depends_on='a'"),
          Scenario.of("a parent may fail")
              .enqueue("boom", "", "job_id='a'")
              .enqueue("add", "2", "job_id='b', depends_on=Dependency('a', allow_failure=True)"),
          Scenario.of("a canceled job")
              .enqueue("add", "1", "job_id='a'")
              .python("job('a').cancel()"),
          Scenario.of("a deleted job whose id is still queued")
              .enqueue("add", "1", "job_id='a'")
              .python("connection.delete('rq:job:a')")
              .pickleOnly(),
          Scenario.of("the front of the queue")
              .enqueue("add", "1", "job_id='a'")
              .enqueue("add", "2", "job_id='b', at_front=True"),
          Scenario.of("two queues")
              .enqueueTo("low", "add", "1", "job_id='a'")
              .enqueueTo("high", "add", "2", "job_id='b'")
              .workOn("high", "low"),
          Scenario.of("a group")
              .python(
                  "import_module('rq.group').Group.create(connection=connection, name='g').enqueue_many("
                      + "rq.Queue(connection=connection, serializer=SERIALIZER), ["
                      + "rq.Queue.prepare_data(tasks.add, (1,), job_id='a'),"
                      + "rq.Queue.prepare_data(tasks.add, (1,), job_id='b', result_ttl=0)])"),
          Scenario.of("meta that the function saves")
              .enqueue("save_meta", "progress=1", "job_id='a', meta={'owner': 'ada'}"),
          Scenario.of("a success callback")
              .enqueue("add", "1", "job_id='a', on_success=Callback(tasks.note_success)"),
          Scenario.of("a success callback that fails")
              .enqueue(
                  "add",
                  "1",
                  "job_id='a', on_success=Callback(tasks.fail_in_callback),"
                      + " on_failure=Callback(tasks.note_failure)"),
          Scenario.of("a failure callback")
              .enqueue("boom", "", "job_id='a', on_failure=Callback(tasks.note_failure)"),
          Scenario.of("a failure callback that fails")
              .enqueue("boom", "", "job_id='a', on_failure=Callback(tasks.fail_in_callback)"),
          Scenario.of("no default exception handler")
              .enqueue("boom", "", "job_id='a'")
              .disableDefaultExceptionHandler(),
          Scenario.of("a repeat at once").enqueue("add", "1", "job_id='a', repeat=Repeat(times=2)"),
          Scenario.of("a repeat later")
              .enqueue("add", "1", "job_id='a', repeat=Repeat(times=2, interval=[100, 200])"),
          Scenario.of("a Retry as the result, until there were too many")
              .enqueue("again", "2", "job_id='a'"),
          Scenario.of("a Retry as the result, later")
              .enqueue("again", "2, interval=100", "job_id='a'"),
          Scenario.of("a rate limit")
              .enqueue("add", "1", "job_id='a', rate_limit=rq.RateLimit('r', 1)")
              .enqueue("add", "2", "job_id='b', rate_limit=rq.RateLimit('r', 1)"),
          Scenario.of("a failure under a rate limit")
              .enqueue("boom", "", "job_id='a', rate_limit=rq.RateLimit('r', 1)")
              .enqueue("add", "2", "job_id='b', rate_limit=rq.RateLimit('r', 1)"),
          Scenario.of("a child under a rate limit")
              .enqueue("add", "1", "job_id='a'")
              .enqueue("add", "2", "job_id='b', depends_on='a', rate_limit=rq.RateLimit('r', 1)"),
          Scenario.of("a job that is stopped")
              .enqueue("stop_me", "", "job_id='a', failure_ttl=100"),
          Scenario.of("a job that is killed").enqueue("kill_me", "", "job_id='a'"),
          Scenario.of("a job that is killed with retries left")
              .enqueue("kill_me", "", "job_id='a', retry=Retry(max=1, interval=100)"),
          Scenario.of("a horse that exits")
              .enqueue("exit_process", "3", "job_id='a', failure_ttl=100")
              .enqueue("add", "1", "job_id='b'")
              .endsItsProcess(),
          Scenario.of("a horse that exits with retries at once")
              .enqueue("exit_process", "", "job_id='a', retry=Retry(max=2)")
              .endsItsProcess(),
          Scenario.of("a horse that exits with a retry later")
              .enqueue("exit_process", "", "job_id='a', retry=Retry(max=1, interval=100)")
              .endsItsProcess(),
          Scenario.of("a horse that is killed by a signal")
              .enqueue("kill_process", "", "job_id='a', on_failure=Callback(tasks.note_failure)")
              .endsItsProcess(),
          Scenario.of("a parent whose horse exits")
              .enqueue("exit_process", "", "job_id='a'")
              .enqueue("add", "2", "job_id='b', depends_on=Dependency('a', allow_failure=True)")
              .endsItsProcess(),
          Scenario.of("a job that is due")
              .enqueue("add", "1", "job_id='a', enqueue_in=timedelta(seconds=100)")
              .python("connection.zadd('rq:scheduled:default', {'a': 1})")
              .withScheduler(),
          Scenario.of("a job that is not yet due")
              .enqueue("add", "1", "job_id='a', enqueue_in=timedelta(seconds=100)")
              .withScheduler(),
          abandoned("an abandoned job", ""),
          abandoned("an abandoned job with retries left", ", retry=Retry(max=1)"),
          abandoned("an abandoned job with a retry later", ", retry=Retry(max=1, interval=100)"),
          Scenario.of("a job that is stuck in transit")
              .enqueue("add", "1", "job_id='a'")
              .python("connection.rename('rq:queue:default', 'rq:queue:default:intermediate')")
              .python("connection.hset('rq:job:a', 'enqueued_at', '2026-01-01T00:00:00.000000Z')")
              .python(
                  "connection.set('rq:queue:default:intermediate:first_seen:a',"
                      + " import_module('time').time() - 100, ex=1000)")
              .pickleOnly(),
          Scenario.of("entries of registries whose time is over")
              .python("connection.zadd('rq:finished:default', {'x': 1})")
              .python("connection.zadd('rq:failed:default', {'x': 1, 'y': -1})")
              .python("connection.sadd('rq:workers', 'rq:worker:gone')")
              .python("connection.sadd('rq:workers:default', 'rq:worker:gone')")
              .python("connection.sadd('rq:groups', 'g')")
              .python("connection.sadd('rq:group:g', 'x')")
              .pickleOnly());

  /** A job that runs on a worker that is gone. */
  private static Scenario abandoned(String name, String options) {
    String execution = "0123456789abcdef0123456789abcdef";
    return Scenario.of(name)
        .enqueue("add", "1", "job_id='a'" + options)
        .python("connection.delete('rq:queue:default')")
        .python("connection.hset('rq:job:a', mapping={'status': 'started', 'worker_name': 'gone'})")
        .python("connection.zadd('rq:wip:default', {'a:" + execution + "': 1})")
        .pickleOnly();
  }
}
