package io.github.rq4j.codec.pickle;

import java.math.RoundingMode;

/** The forms of values that the pickle names a class or function for; many pickles need none. */
final class StandardForms {
  private final GlobalWriter globals;
  private final BytesForms bytes;
  private final NumberForms numbers;
  private final TimeForms times;
  private final LibraryForms library;
  private final ArrayForms arrays;

  StandardForms(OpcodeWriter opcodes, ScalarWriter scalars, RoundingMode rounding) {
    globals = new GlobalWriter(opcodes, scalars);
    bytes = new BytesForms(opcodes, scalars, globals);
    numbers = new NumberForms(opcodes, scalars, globals);
    times = new TimeForms(opcodes, scalars, globals, bytes, rounding);
    library = new LibraryForms(opcodes, scalars, globals);
    arrays = new ArrayForms(opcodes, scalars, globals, bytes);
  }

  GlobalWriter globals() {
    return globals;
  }

  BytesForms bytes() {
    return bytes;
  }

  NumberForms numbers() {
    return numbers;
  }

  TimeForms times() {
    return times;
  }

  LibraryForms library() {
    return library;
  }

  ArrayForms arrays() {
    return arrays;
  }
}
