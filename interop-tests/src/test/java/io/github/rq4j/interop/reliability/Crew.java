package io.github.rq4j.interop.reliability;

import io.github.rq4j.testservers.PythonRq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Starts the worker processes of a {@link Chaos}: ours or RQ's. */
interface Crew {
  /** A process, its parent and what it forked. */
  interface Member {
    /** SIGKILL for all of it at once, as when a container or a machine goes. */
    void kill() throws InterruptedException;

    /** SIGTERM; returns when the jobs that ran have ended. */
    void end() throws InterruptedException;
  }

  /** Starts a process whose jobs write down under this name who ran them. */
  Member start(String name, List<String> queues);

  /** Runs all that is queued to its end. */
  void burst(List<String> queues) throws InterruptedException;

  /** Processes of {@code rq4j worker}, each with slots. */
  static Crew ours(URI redis, URI ledger, int slots, Runnable burst) {
    return new Crew() {
      @Override
      public Member start(String name, List<String> queues) {
        List<String> arguments = new ArrayList<>(List.of("--name", name, "-q"));
        arguments.addAll(List.of("--concurrency", Integer.toString(slots)));
        arguments.addAll(queues);
        WorkerProcess process =
            WorkerProcess.start(redis, ledger, arguments.toArray(new String[0]));
        return new Member() {
          @Override
          public void kill() {
            process.close();
          }

          @Override
          public void end() throws InterruptedException {
            int unused = process.terminate();
            process.close();
          }
        };
      }

      @Override
      public void burst(List<String> queues) {
        burst.run();
      }
    };
  }

  /** Processes of {@code rq worker}. */
  static Crew python(PythonRq python, URI ledger) {
    return new Crew() {
      @Override
      public Member start(String name, List<String> queues) {
        Process process = launch(name, queues, "-q", "--name", name);
        return new Member() {
          @Override
          public void kill() throws InterruptedException {
            List<ProcessHandle> horses = process.descendants().toList();
            process.destroyForcibly();
            horses.forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
          }

          @Override
          public void end() throws InterruptedException {
            process.destroy();
            process.waitFor();
          }
        };
      }

      @Override
      public void burst(List<String> queues) throws InterruptedException {
        launch("burst", queues, "-q", "--burst").waitFor();
      }

      private Process launch(String name, List<String> queues, String... options) {
        List<String> arguments = new ArrayList<>(List.of("worker"));
        arguments.addAll(List.of(options));
        arguments.addAll(queues);
        ProcessBuilder builder = python.rqCommand(arguments.toArray(new String[0]));
        builder.environment().put(Ledger.VARIABLE, ledger.toString());
        builder.environment().put("RQ4J_LEDGER_NAME", name);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
          return builder.start();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
