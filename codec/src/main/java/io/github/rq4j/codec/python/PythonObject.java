package io.github.rq4j.codec.python;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Any Python object without a Java form, as the recipe that its pickle holds: what to call with
 * which arguments, the items to add, the state to set. Nothing of it is ever executed; it can be
 * read as data and written back byte for byte.
 *
 * <p>Where the parts of common objects are found:
 *
 * <ul>
 *   <li>instances and data classes: {@link #type()} and {@link #attributes()};
 *   <li>enum members: {@link #type()} and the value as the only one of {@link #args()};
 *   <li>named tuples: the fields are {@link #args()};
 *   <li>exceptions: {@link #type()}, {@link #args()}, and what was set on them in {@link
 *       #attributes()};
 *   <li>{@code deque} and list subclasses: {@link #asList()}; {@code OrderedDict}, {@code
 *       defaultdict}, {@code Counter} and dict subclasses: {@link #asMap()};
 *   <li>subclasses of str, int and the like: the plain value as the only one of {@link #args()};
 *   <li>{@code functools.partial}: {@link #state()}, a tuple of function, args, keywords,
 *       attributes;
 *   <li>bound methods: {@link #callable()} is {@code builtins.getattr}, {@link #args()} are object
 *       and method name.
 * </ul>
 *
 * <p>Mutable while it is put together, like the object it stands for, so that it can contain
 * itself. Equality is identity, as that of Python objects is by default. Not safe for use by
 * several threads while one changes it.
 */
public final class PythonObject {

  /** The ways in which a pickle makes an object. */
  public enum Form {
    /** {@code callable(*args)}. */
    REDUCE,
    /** {@code cls.__new__(cls, *args)}. */
    NEWOBJ,
    /** {@code cls.__new__(cls, *args, **kwargs)}. */
    NEWOBJ_EX,
    /** An instance of an old-style class of Python 2, {@code cls(*args)}. */
    INST
  }

  private final Form form;
  private final @Nullable Object callable;
  private final PythonTuple args;
  private final @Nullable PythonDict kwargs;
  private @Nullable PythonList listItems;
  private @Nullable PythonDict dictItems;
  private boolean hasState;
  private @Nullable Object state;
  private @Nullable Object setter;

  private PythonObject(
      Form form, @Nullable Object callable, PythonTuple args, @Nullable PythonDict kwargs) {
    this.form = form;
    this.callable = callable;
    this.args = Objects.requireNonNull(args, "args");
    this.kwargs = kwargs;
  }

  /** The object that a call gives; the callable is usually a {@link PythonGlobal}. */
  public static PythonObject reduce(@Nullable Object callable, PythonTuple args) {
    return new PythonObject(Form.REDUCE, callable, args, null);
  }

  /** The object that {@code cls.__new__(cls, *args)} gives. */
  public static PythonObject newObject(@Nullable Object cls, PythonTuple args) {
    return new PythonObject(Form.NEWOBJ, cls, args, null);
  }

  /** The object that {@code cls.__new__(cls, *args, **kwargs)} gives. */
  public static PythonObject newObject(@Nullable Object cls, PythonTuple args, PythonDict kwargs) {
    return new PythonObject(Form.NEWOBJ_EX, cls, args, Objects.requireNonNull(kwargs, "kwargs"));
  }

  /** The instance of an old-style class of Python 2. */
  public static PythonObject instance(@Nullable Object cls, PythonTuple args) {
    return new PythonObject(Form.INST, cls, args, null);
  }

  /** The way in which the object is made. */
  public Form form() {
    return form;
  }

  /** What is called, or the class: usually a {@link PythonGlobal}, but anything can stand here. */
  public @Nullable Object callable() {
    return callable;
  }

  /**
   * The class or function that makes the object, if it is known by name. For objects that protocols
   * 0 and 1 rebuild through {@code copyreg._reconstructor}, that is the class itself.
   */
  public Optional<PythonGlobal> type() {
    if (callable instanceof PythonGlobal global) {
      if (global.is("copyreg", "_reconstructor")
          && args.size() == 3
          && args.get(0) instanceof PythonGlobal cls) {
        return Optional.of(cls);
      }
      return Optional.of(global);
    }
    return Optional.empty();
  }

  /** The positional arguments. */
  public PythonTuple args() {
    return args;
  }

  /** The keyword arguments; empty unless the form is {@link Form#NEWOBJ_EX}. Not to be changed. */
  public Map<@Nullable Object, @Nullable Object> kwargs() {
    return kwargs == null ? Collections.emptyMap() : kwargs;
  }

  /** The items appended to the object after it was made, which may be added to. */
  public PythonList listItems() {
    if (listItems == null) {
      listItems = new PythonList();
    }
    return listItems;
  }

  /** Whether there are {@link #listItems()}. */
  public boolean hasListItems() {
    return listItems != null && !listItems.isEmpty();
  }

  /** The entries set on the object after it was made, which may be added to. */
  public PythonDict dictItems() {
    if (dictItems == null) {
      dictItems = new PythonDict();
    }
    return dictItems;
  }

  /** Whether there are {@link #dictItems()}. */
  public boolean hasDictItems() {
    return dictItems != null && !dictItems.isEmpty();
  }

  /** Whether a state was set, be it {@code None}. */
  public boolean hasState() {
    return hasState;
  }

  /** The state, null if none was set. */
  public @Nullable Object state() {
    return state;
  }

  /** The function that sets the state, if not Python's usual way; null otherwise. */
  public @Nullable Object setter() {
    return setter;
  }

  /** Sets the state, to be applied in Python's usual way. */
  public void setState(@Nullable Object newState) {
    hasState = true;
    state = newState;
    setter = null;
  }

  /** Sets the state, to be applied by a function of object and state (Python 3.8 and later). */
  public void setState(@Nullable Object newState, Object newSetter) {
    hasState = true;
    state = newState;
    setter = Objects.requireNonNull(newSetter, "newSetter");
  }

  /**
   * The attributes by name: the state if it is a dict, and both halves of it if it is a pair of
   * dict (or {@code None}) and slots. Empty if the state has another form. A copy.
   */
  public Map<String, @Nullable Object> attributes() {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    if (isPairOfDicts()) {
      addAttributes(((PythonTuple) Objects.requireNonNull(state)).get(0), attributes);
      addAttributes(((PythonTuple) Objects.requireNonNull(state)).get(1), attributes);
    } else {
      addAttributes(state, attributes);
    }
    return attributes;
  }

  /** One of the {@link #attributes()}, null if there is none of that name. */
  public @Nullable Object attribute(String name) {
    if (state instanceof PythonDict dict) {
      return dict.get(name);
    }
    return attributes().get(name);
  }

  private boolean isPairOfDicts() {
    return state instanceof PythonTuple pair
        && pair.size() == 2
        && (pair.get(0) == null || pair.get(0) instanceof PythonDict)
        && (pair.get(1) == null || pair.get(1) instanceof PythonDict);
  }

  private static void addAttributes(
      @Nullable Object dict, Map<String, @Nullable Object> attributes) {
    if (dict instanceof PythonDict entries) {
      entries.forEach(
          (name, value) -> {
            if (name instanceof String text) {
              attributes.put(text, value);
            }
          });
    }
  }

  /**
   * The object as a mapping: its {@link #dictItems()}, or for {@code Counter} and Python 2's {@code
   * OrderedDict}, which pass them as argument, those. Empty if the object is no mapping, as far as
   * the pickle tells. Not to be changed.
   */
  public Optional<Map<@Nullable Object, @Nullable Object>> asMap() {
    return ContainerViews.map(this);
  }

  /**
   * The object as a sequence: its {@link #listItems()}, or for {@code deque}, set subclasses and
   * the like, which may pass them as argument, those. Empty if the object is no sequence, as far as
   * the pickle tells. Not to be changed. Named tuples cannot be told from other objects: see {@link
   * #args()}.
   */
  public Optional<List<@Nullable Object>> asList() {
    return ContainerViews.list(this);
  }

  /** Class and parts, abbreviated. */
  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }
}
