package io.github.rq4j.interop.matrix;

import io.github.rq4j.testservers.NeedsPython;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.RedisLease;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/** The scenarios of a direction, tried in one place after the other. */
@ParameterizedClass(name = "{0}")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@WithRedis(emptied = false)
@ExtendWith(MatrixExtension.class)
@NeedsPython
abstract class InCell {
  @Parameter Place place;
  Cell cell;
  TestRedis redis;
  CellDatabase database;
  PythonRq python;
  private @Nullable RedisLease own;

  @BeforeParameterizedClassInvocation
  void startPython(Place chosen, TestRedis lent) {
    own = chosen.server() == null ? null : Place.start(chosen.server());
    redis = own == null ? lent : own.redis();
    redis.flush();
    database = new CellDatabase(redis);
    cell = chosen.cell();
    python = cell.start(redis);
  }

  @AfterParameterizedClassInvocation
  void stopPython() {
    python.close();
    if (own != null) {
      own.close();
    }
  }

  abstract Direction direction();
}
