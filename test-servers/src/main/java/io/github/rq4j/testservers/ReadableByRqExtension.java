package io.github.rq4j.testservers;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** See {@link ReadableByRq}. */
final class ReadableByRqExtension implements AfterEachCallback {

  ReadableByRqExtension() {}

  @Override
  public void afterEach(ExtensionContext context) {
    if (!PythonRqExtension.isLeftOut()) {
      RqRelease newest = RqMatrix.ofThisProject().newest();
      PythonRqExtension.holdToReadable(context, PythonRqExtension.pythonRq(newest, context));
    }
  }
}
