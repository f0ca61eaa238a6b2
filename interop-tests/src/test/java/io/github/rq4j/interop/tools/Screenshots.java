package io.github.rq4j.interop.tools;

import io.github.rq4j.testservers.PythonFixtures;
import java.net.URI;
import java.nio.file.Path;

/**
 * The pictures in {@code docs/screenshots}, which tests take anew where the system property {@code
 * rq4j.tools.screenshots} is {@code true}.
 */
final class Screenshots {
  private Screenshots() {}

  static void take(Chromium browser, URI page, int height, String name)
      throws InterruptedException {
    if (Boolean.getBoolean("rq4j.tools.screenshots")) {
      Path docs = PythonFixtures.directory().resolveSibling("docs");
      browser.photograph(page, height, docs.resolve("screenshots").resolve(name + ".png"));
    }
  }
}
