package io.github.rq4j.interop.tools;

import io.github.rq4j.testservers.FreePorts;
import io.github.rq4j.testservers.RqTools;
import io.github.rq4j.testservers.TestRedis;
import java.nio.file.Path;

/** A Django site with django-rq in its admin; its queues are default (0), json (1) and mail (2). */
final class DjangoSite {
  static final String ADMIN = "admin/django_rq/dashboard/";

  private DjangoSite() {}

  static ToolProcess serve(TestRedis redis, Path directory) {
    int port = FreePorts.next();
    ProcessBuilder command =
        RqTools.ofThisProject()
            .named("django-rq")
            .prepare()
            .withVariable("RQ_REDIS_URL", redis.uri().toString())
            .withVariable("RQ4J_DJANGO_DATABASE", directory.resolve("site.sqlite").toString())
            .command("python", "-m", "rq4j_tools.django_shop", String.valueOf(port));
    return ToolProcess.serve(command, port);
  }
}
