package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import org.jspecify.annotations.Nullable;

/** Makes objects, or rather notes how Python would make them, and resolves names. */
final class ObjectOpcodes {
  /** Names are those of Python 2 in pickles below this protocol. */
  private static final int FIRST_PROTOCOL_OF_PYTHON_3 = 3;

  private static final int LAST_PROTOCOL = 5;

  /** A UUID gets at most so many memo entries behind its own before its state is set. */
  private static final int ENTRIES_OF_UUID = 8;

  private final PickleInput input;
  private final PickleStack stack;
  private final ReaderMemo memo;
  private final CodecLimits limits;
  private int protocol;

  /** A UUID that waits for its state, so that a real one can take its place. */
  private @Nullable PythonObject pendingUuid;

  private int pendingUuidPlace;

  ObjectOpcodes(PickleInput input, PickleStack stack, ReaderMemo memo, CodecLimits limits) {
    this.input = input;
    this.stack = stack;
    this.memo = memo;
    this.limits = limits;
  }

  void protocol() {
    protocol = input.unsigned1();
    if (protocol > LAST_PROTOCOL) {
      throw input.unsupported("protocol " + protocol + " is newer than " + LAST_PROTOCOL);
    }
  }

  // Names

  Object global() {
    String module = input.nameLine();
    return global(module, input.nameLine());
  }

  private Object global(String module, String name) {
    if (name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
      throw input.malformed("a part of the name is empty");
    }
    PythonGlobal global = new PythonGlobal(module, name);
    return KnownTypes.global(
        protocol < FIRST_PROTOCOL_OF_PYTHON_3 ? Python2Names.toPython3(global) : global);
  }

  void stackGlobal() {
    stack.require(2);
    if (!(stack.values[stack.top - 1] instanceof String name)
        || !(stack.values[stack.top - 2] instanceof String module)) {
      throw input.malformed("module and name have to be text");
    }
    if (module.isEmpty() || name.isEmpty()) {
      throw input.malformed("the name is empty");
    }
    stack.top -= 2;
    stack.push(global(module, name));
  }

  // Making objects

  void reduce() {
    stack.require(2);
    PythonTuple args = arguments(stack.values[stack.top - 1]);
    Object callable = callable(stack.values[stack.top - 2]);
    stack.top -= 2;
    Object value = known(callable, args);
    if (value != null) {
      stack.push(value);
    } else {
      pushObject(PythonObject.reduce(callable, args));
    }
  }

  private @Nullable Object known(Object callable, PythonTuple args) {
    try {
      return KnownTypes.make(callable, args, limits, protocol);
    } catch (UnsupportedValueException e) {
      throw input.unsupported(e);
    } catch (BadArguments e) {
      String limit = e.limit();
      throw limit == null ? input.malformed(e.problem()) : input.exceeded(limit, e.limitValue());
    }
  }

  void newObject() {
    stack.require(2);
    PythonTuple args = arguments(stack.values[stack.top - 1]);
    Object cls = callable(stack.values[stack.top - 2]);
    stack.top -= 2;
    pushObject(PythonObject.newObject(cls, args));
  }

  void newObjectEx() {
    stack.require(3);
    if (!(stack.values[stack.top - 1] instanceof PythonDict kwargs)) {
      throw input.malformed("the keyword arguments have to be a dict");
    }
    PythonTuple args = arguments(stack.values[stack.top - 2]);
    Object cls = callable(stack.values[stack.top - 3]);
    stack.top -= 3;
    pushObject(PythonObject.newObject(cls, args, kwargs));
  }

  void inst() {
    Object cls = callable(global());
    int mark = stack.popMark();
    pushInstance(cls, mark, mark);
  }

  void obj() {
    int mark = stack.popMark();
    if (stack.top == mark) {
      throw stack.underflow();
    }
    pushInstance(callable(stack.values[mark]), mark + 1, mark);
  }

  private void pushInstance(Object cls, int firstArgument, int height) {
    int count = stack.top - firstArgument;
    PythonTuple args = PythonTuple.fromArray(stack.values, firstArgument, count);
    stack.top = height;
    pushObject(PythonObject.instance(cls, args));
  }

  private void pushObject(PythonObject object) {
    stack.push(object);
    if (KnownTypes.isUuid(object)) {
      pendingUuid = object;
      pendingUuidPlace = stack.top - 1;
    }
  }

  private PythonTuple arguments(@Nullable Object args) {
    if (args instanceof PythonTuple tuple) {
      return tuple;
    }
    throw input.malformed("the arguments have to be a tuple");
  }

  /** Only names, and what inert calls give, can stand for a callable or a class. */
  private Object callable(@Nullable Object value) {
    if (value instanceof PythonGlobal || value instanceof PythonObject) {
      return value;
    }
    throw input.malformed(PickleInput.type(value) + " cannot be called");
  }

  // State

  void build() {
    stack.require(2);
    Object state = stack.values[--stack.top];
    Object target = stack.values[stack.top - 1];
    if (target instanceof PythonObject object) {
      object.setState(object.hasState() ? merged(object.state(), state) : state);
      if (object == pendingUuid) {
        completeUuid(object, state);
      }
    } else if (target instanceof PythonGlobal) {
      throw input.unsupported("a class or function cannot be given attributes");
    } else if (!isNoState(state)) {
      throw input.malformed(PickleInput.type(target) + " takes no state");
    }
  }

  /** What two states one after the other come to: attributes set again replace those before. */
  private PythonDict merged(@Nullable Object before, @Nullable Object state) {
    if (!(before instanceof PythonDict first) || !(state instanceof PythonDict second)) {
      throw input.unsupported("the object has a state already");
    }
    stack.count(first.size() + second.size());
    PythonDict both = new PythonDict(first);
    both.putAll(second);
    return both;
  }

  /** To set None, or None twice, as attributes and slots does nothing. */
  private static boolean isNoState(@Nullable Object state) {
    return state == null
        || (state instanceof PythonTuple pair
            && pair.size() == 2
            && pair.get(0) == null
            && pair.get(1) == null);
  }

  /** Drops a mark or a value. */
  void pop() {
    if (stack.isTopMarked()) {
      stack.popMark();
      return;
    }
    Object dropped = stack.peek();
    stack.top--;
    if (dropped instanceof PythonObject call && stack.top > stack.fence) {
      setStateByCall(call, stack.values[stack.top - 1]);
    }
  }

  /**
   * A call of object and state whose result is dropped is how Python sets a state by a function of
   * the object's own.
   */
  private static void setStateByCall(PythonObject call, @Nullable Object below) {
    PythonTuple args = call.args();
    Object setter = call.callable();
    if (below instanceof PythonObject target
        && call.form() == PythonObject.Form.REDUCE
        && args.size() == 2
        && args.get(0) == target
        && setter != null
        && !target.hasState()) {
      target.setState(args.get(1), setter);
    }
  }

  // UUIDs

  /** A UUID that is referred to again before it has its state stays a generic object. */
  @Nullable Object noted(@Nullable Object value) {
    if (pendingUuid != null && value == pendingUuid) {
      pendingUuid = null;
    }
    return value;
  }

  /** Puts a real UUID in the place of the object, if nothing else can refer to the object yet. */
  private void completeUuid(PythonObject object, @Nullable Object state) {
    pendingUuid = null;
    Object uuid = KnownTypes.uuid(state);
    if (uuid != null && pendingUuidPlace == stack.top - 1) {
      memo.replaceRecent(object, uuid, ENTRIES_OF_UUID);
      stack.values[stack.top - 1] = uuid;
    }
  }
}
