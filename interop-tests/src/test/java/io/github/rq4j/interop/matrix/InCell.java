package io.github.rq4j.interop.matrix;

import io.github.rq4j.testservers.TestRedis;

/** A test class that runs in a cell. */
interface InCell {
  Cell cell();

  TestRedis redis();
}
