package com.example.shop;

import java.util.function.ObjLongConsumer;

/** A bank that a test can close. */
final class FakeBank implements ObjLongConsumer<String> {
  private boolean closed;
  private long taken;

  void closed(boolean now) {
    closed = now;
  }

  long taken() {
    return taken;
  }

  @Override
  public void accept(String customer, long cents) {
    if (closed) {
      throw new IllegalStateException("the bank is closed");
    }
    taken += cents;
  }
}
