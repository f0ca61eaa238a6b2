package io.github.rq4j.codec.binding;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.ValuePath;
import io.github.rq4j.codec.python.PythonTypeName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where in the value one call of the binder stands, and how much more it may do. The path is only
 * put into words when something does not fit.
 */
final class Position {
  private enum Step {
    ELEMENT,
    PART,
    KEY,
    ENTRY
  }

  private final String root;
  private final int deepest;
  private final long mostValues;
  private Step[] steps = new Step[4];
  private int[] indexes = new int[4];
  private String[] names = new String[4];
  private int depth;
  private long values;

  Position(String root, int deepest, long mostValues) {
    this.root = root;
    this.deepest = deepest;
    this.mostValues = mostValues;
  }

  /** Goes to an element of a sequence or a set. */
  void enterElement(int index) {
    enter(Step.ELEMENT, index, "");
  }

  /** Goes to a component of a record. */
  void enterPart(String name) {
    enter(Step.PART, 0, name);
  }

  /** Goes to the key of an entry of a mapping. */
  void enterKey(int index) {
    enter(Step.KEY, index, "");
  }

  /** Goes to the value of an entry of a mapping, whose key may be confidential. */
  void enterEntry(int index) {
    enter(Step.ENTRY, index, "");
  }

  private void enter(Step step, int index, String name) {
    if (depth == deepest) {
      throw failure("nested in more than " + deepest + " containers");
    }
    if (++values > mostValues) {
      throw failure("more values than maxObjects = " + mostValues);
    }
    if (depth == steps.length) {
      steps = Arrays.copyOf(steps, depth * 2);
      indexes = Arrays.copyOf(indexes, depth * 2);
      names = Arrays.copyOf(names, depth * 2);
    }
    steps[depth] = step;
    indexes[depth] = index;
    names[depth] = name;
    depth++;
  }

  /** Goes back. */
  void leave() {
    depth--;
  }

  /** The value does not fit, for a reason in words. */
  BindingException failure(String problem) {
    return failure(problem, null);
  }

  /** Code of the application threw. */
  BindingException failure(String problem, @Nullable Throwable cause) {
    return new BindingException(toString(), problem, cause);
  }

  /** The value has another type than the one that is wanted. */
  BindingException mismatch(String expected, @Nullable Object value) {
    return failure("expected " + expected + ", got " + PythonTypeName.of(value));
  }

  @Override
  public String toString() {
    ValuePath path = new ValuePath(root, depth);
    for (int i = 0; i < depth; i++) {
      switch (steps[i]) {
        case ELEMENT -> path.element(indexes[i]);
        case PART -> path.part(names[i]);
        case KEY -> path.key(indexes[i]);
        case ENTRY -> path.entry(null, indexes[i]);
      }
    }
    return path.toString();
  }
}
