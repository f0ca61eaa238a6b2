package io.github.rq4j.interop.tools;

import io.github.rq4j.testservers.FreePorts;
import io.github.rq4j.testservers.RqTool;
import io.github.rq4j.testservers.RqTools;
import io.github.rq4j.testservers.TestRedis;
import java.util.ArrayList;
import java.util.List;

/** The server of rq-dashboard. */
final class RqDashboard {
  private RqDashboard() {}

  static RqTool tool() {
    return RqTools.ofThisProject().named("rq-dashboard");
  }

  static ToolProcess serve(TestRedis redis, String... options) {
    int port = FreePorts.next();
    List<String> arguments = new ArrayList<>(List.of("--bind", "127.0.0.1", "--port"));
    arguments.add(String.valueOf(port));
    arguments.addAll(List.of("--redis-url", redis.uri().toString()));
    arguments.addAll(List.of(options));
    return ToolProcess.serve(
        tool().prepare().command("rq-dashboard", arguments.toArray(String[]::new)), port);
  }
}
