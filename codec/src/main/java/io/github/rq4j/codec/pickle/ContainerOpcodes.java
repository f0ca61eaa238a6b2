package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonSet;
import org.jspecify.annotations.Nullable;

/** Fills containers from the stack. */
final class ContainerOpcodes {
  /** Keys up to this weight are not counted: hashing and comparing them takes next to no time. */
  private static final int LIGHT_KEY = 1024;

  private final PickleInput input;
  private final PickleStack stack;
  private final int maxKeyWork;
  private int keyWork;

  ContainerOpcodes(PickleInput input, PickleStack stack, CodecLimits limits) {
    this.input = input;
    this.stack = stack;
    maxKeyWork = limits.maxObjects();
  }

  /** Adds the values of a part of the stack to the list below them. */
  void append(int from, int to) {
    if (from <= stack.fence || from > to) {
      throw stack.underflow();
    }
    if (from == to) {
      return;
    }
    Object target = stack.values[from - 1];
    if (target instanceof PythonList list) {
      list.addAll(stack.values, from, to - from);
    } else if (target instanceof PythonObject object) {
      object.listItems().addAll(stack.values, from, to - from);
    } else {
      throw input.malformed("nothing can be appended to " + PickleInput.type(target));
    }
  }

  /** Sets the keys and values of a part of the stack in the dict below them. */
  void setItems(int from, int to) {
    if (from <= stack.fence) {
      throw stack.underflow();
    }
    if (from == to) {
      return;
    }
    Object target = stack.values[from - 1];
    if (target instanceof PythonDict dict) {
      putAll(dict, from, to);
    } else if (target instanceof PythonObject object) {
      putAll(object.dictItems(), from, to);
    } else {
      throw input.malformed("items cannot be set in " + PickleInput.type(target));
    }
  }

  private void putAll(PythonDict dict, int from, int to) {
    if ((to - from) % 2 != 0) {
      throw input.malformed("a key has no value");
    }
    for (int i = from; i < to; i += 2) {
      countKey(stack.values[i]);
    }
    try {
      dict.putPairs(stack.values, from, to - from);
    } catch (UnsupportedValueException e) {
      throw input.unsupported(e);
    }
  }

  /** Counts long keys, since each time they may be hashed and compared anew. */
  private void countKey(@Nullable Object key) {
    int weight = KeyWeight.of(key);
    if (weight > LIGHT_KEY) {
      keyWork += weight / LIGHT_KEY;
      if (keyWork > maxKeyWork) {
        throw stack.tooManyObjects();
      }
    }
  }

  /** Adds the values above the topmost mark to the set below it. */
  void addItems() {
    int mark = stack.popMark();
    if (mark <= stack.fence) {
      throw stack.underflow();
    }
    if (mark < stack.top) {
      if (!(stack.values[mark - 1] instanceof PythonSet set)) {
        throw input.malformed(
            "nothing can be added to " + PickleInput.type(stack.values[mark - 1]));
      }
      set.ensureCapacity(stack.top - mark);
      try {
        for (int i = mark; i < stack.top; i++) {
          set.add(stack.values[i]);
          countKey(stack.values[i]);
        }
      } catch (UnsupportedValueException e) {
        throw input.unsupported(e);
      }
    }
    stack.top = mark;
  }

  void list() {
    int mark = stack.popMark();
    PythonList list = new PythonList(stack.top - mark);
    list.addAll(stack.values, mark, stack.top - mark);
    stack.top = mark;
    stack.push(list);
  }

  void dict() {
    int mark = stack.popMark();
    PythonDict dict = new PythonDict();
    putAll(dict, mark, stack.top);
    stack.top = mark;
    stack.push(dict);
  }

  void frozenSet() {
    int mark = stack.popMark();
    for (int i = mark; i < stack.top; i++) {
      countKey(stack.values[i]);
    }
    PythonFrozenSet set;
    try {
      set = PythonFrozenSet.fromArray(stack.values, mark, stack.top - mark);
    } catch (UnsupportedValueException e) {
      throw input.unsupported(e);
    }
    stack.top = mark;
    stack.push(set);
  }
}
