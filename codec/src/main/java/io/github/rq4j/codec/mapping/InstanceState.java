package io.github.rq4j.codec.mapping;

/** How a Python class hands its attributes to a pickle, which depends on how it was declared. */
public enum InstanceState {
  /** As a dict: classes as usual, {@code @dataclass} and {@code @dataclass(frozen=True)}. */
  DICT,

  /**
   * As a pair of {@code None} and a dict: classes with {@code __slots__}, such as
   * {@code @dataclass(slots=True)}. Needs protocol 2 or later, as in Python.
   */
  SLOTS,

  /**
   * As a list of the values in the order of the fields, without their names: {@code
   * @dataclass(slots=True, frozen=True)}. The components of the record have to stand in the order
   * of the fields.
   */
  LIST
}
