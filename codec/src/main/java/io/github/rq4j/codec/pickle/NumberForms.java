package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.python.PythonComplex;
import io.github.rq4j.codec.python.PythonFraction;
import io.github.rq4j.codec.python.PythonRange;

/** Writes the numbers of Python that are made by a call. */
final class NumberForms {
  private final OpcodeWriter opcodes;
  private final ScalarWriter scalars;
  private final GlobalWriter globals;

  NumberForms(OpcodeWriter opcodes, ScalarWriter scalars, GlobalWriter globals) {
    this.opcodes = opcodes;
    this.scalars = scalars;
    this.globals = globals;
  }

  /** A decimal.Decimal, whose text Java and Python agree upon. */
  void decimal(Object number) {
    if (!opcodes.isReference(number)) {
      globals.beginCall(Globals.DECIMAL, 1);
      scalars.newText(number.toString());
      opcodes.endLeafCall(1, number);
    }
  }

  void fraction(PythonFraction number) {
    if (!opcodes.isReference(number)) {
      globals.beginCall(Globals.FRACTION, 2);
      scalars.integer(number.numerator());
      scalars.integer(number.denominator());
      opcodes.endLeafCall(2, number);
    }
  }

  void complex(PythonComplex number) {
    if (!opcodes.isReference(number)) {
      globals.beginCall(Globals.COMPLEX, 2);
      scalars.floating(number.real());
      scalars.floating(number.imaginary());
      opcodes.endLeafCall(2, number);
    }
  }

  void range(PythonRange range) {
    if (!opcodes.isReference(range)) {
      globals.beginCall(Globals.RANGE, 3);
      scalars.integer(range.start());
      scalars.integer(range.stop());
      scalars.integer(range.step());
      opcodes.endLeafCall(3, range);
    }
  }
}
