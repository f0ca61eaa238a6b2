package com.example.shop;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** What a customer ordered; in Python a dictionary. */
public record Order(String customer, LocalDate day, List<Line> lines) {

  /** A position of the order. */
  public record Line(String article, int pieces, BigDecimal price) {}

  BigDecimal total() {
    return lines.stream()
        .map(line -> line.price().multiply(BigDecimal.valueOf(line.pieces())))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
