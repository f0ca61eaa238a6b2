package io.github.rq4j.codec;

import org.jspecify.annotations.Nullable;

/**
 * Puts into words where in a value something stands, such as {@code result.lines[3].price}. Of
 * keys, only those that look like names are shown; any other might be confidential. The middle of a
 * long path is left out. For use by one thread.
 */
public final class ValuePath {
  private static final int LONGEST_NAME = 64;
  private static final int SHOWN_AT_EACH_END = 16;

  private final StringBuilder path;
  private final int steps;
  private int taken;

  /**
   * Begins a path.
   *
   * @param root what the whole value is called
   * @param steps how many steps will follow, at least
   */
  public ValuePath(String root, int steps) {
    this.path = new StringBuilder(root);
    this.steps = steps;
  }

  /** Goes to an element of a list, tuple or array: {@code [3]}. */
  public void element(int index) {
    if (isShown()) {
      path.append('[').append(index).append(']');
    }
  }

  /**
   * Goes to the value of an entry: {@code .price}.
   *
   * @param position the place of the entry among the others, for keys that are not shown
   */
  public void entry(@Nullable Object key, int position) {
    if (key instanceof String name && isName(name)) {
      part(name);
    } else if (isShown()) {
      path.append("[entry ").append(position).append(']');
    }
  }

  /** Goes to the key of an entry: {@code [key 3]}. */
  public void key(int position) {
    if (isShown()) {
      path.append("[key ").append(position).append(']');
    }
  }

  /** Goes to a part that has a name: {@code .state}. */
  public void part(String name) {
    if (isShown()) {
      path.append('.').append(name);
    }
  }

  private boolean isShown() {
    int step = taken++;
    if (step == SHOWN_AT_EACH_END && step < steps - SHOWN_AT_EACH_END) {
      path.append("...");
    }
    return step < SHOWN_AT_EACH_END || step >= steps - SHOWN_AT_EACH_END;
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_NAME
        && Character.isJavaIdentifierStart(text.charAt(0))
        && text.chars().allMatch(Character::isJavaIdentifierPart);
  }

  /** The path so far. */
  @Override
  public String toString() {
    return path.toString();
  }
}
