package io.github.rq4j.local;

import java.util.Map;
import java.util.Set;

/** The environment variables under which Python programs behave the same on every machine. */
final class PythonVariables {

  private static final Set<String> STEERING =
      Set.of(
          "VIRTUAL_ENV",
          "CONDA_PREFIX",
          "__PYVENV_LAUNCHER__",
          "PYENV_VERSION",
          "PIP_USER",
          "PIP_TARGET",
          "PIP_PREFIX",
          "SENTINEL");

  private PythonVariables() {}

  /** Takes out what would steer Python, pip's target or RQ; pip's indexes and proxies stay. */
  static void clean(Map<String, String> environment) {
    environment.keySet().removeIf(PythonVariables::steers);
    environment.put("PYTHONUNBUFFERED", "1");
    environment.put("PYTHONNOUSERSITE", "1");
    environment.put("PYTHONUTF8", "1");
    if (!SearchPath.onWindows()) {
      // Python 3.6 has no UTF-8 mode, and its command line tools refuse to run under plain "C".
      environment.put("LC_ALL", "C.UTF-8");
    }
  }

  private static boolean steers(String name) {
    return name.startsWith("PYTHON")
        || name.startsWith("RQ_")
        || name.startsWith("REDIS_")
        || STEERING.contains(name);
  }
}
