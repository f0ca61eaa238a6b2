package com.example.shop;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.worker.Argument;
import java.util.function.ObjLongConsumer;

/** Functions that Java workers run for Python. */
public final class ShopTasks {
  private final ObjLongConsumer<String> bank;

  /**
   * The functions of one shop.
   *
   * @param bank takes cents from a customer, or throws
   */
  public ShopTasks(ObjLongConsumer<String> bank) {
    this.bank = bank;
  }

  @RqFunction("shop.invoice")
  public String invoice(Order order, @Argument(defaultJson = "\"EUR\"") String currency) {
    return order.day() + " " + order.customer() + ": " + order.total() + " " + currency;
  }

  @RqFunction("shop.charge")
  public void charge(String customer, long cents) {
    bank.accept(customer, cents);
  }
}
