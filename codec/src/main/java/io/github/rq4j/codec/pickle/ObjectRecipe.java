package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a generic object is made by the opcodes of a protocol. */
final class ObjectRecipe {
  private final byte opcode;
  private final @Nullable Object callable;
  private final @Nullable Object[] args;
  private final @Nullable Map<?, ?> keywords;

  private ObjectRecipe(
      byte opcode,
      @Nullable Object callable,
      @Nullable Object[] args,
      @Nullable Map<?, ?> keywords) {
    this.opcode = opcode;
    this.callable = callable;
    this.args = args;
    this.keywords = keywords;
  }

  static ObjectRecipe of(PythonObject object, int protocol) {
    Object callable = object.callable();
    @Nullable Object[] args = object.args().toArray();
    return switch (object.form()) {
      case REDUCE -> new ObjectRecipe(Op.REDUCE, callable, args, null);
      case NEWOBJ ->
          protocol >= 2
              ? new ObjectRecipe(Op.NEWOBJ, callable, args, null)
              : new ObjectRecipe(Op.REDUCE, Globals.NEWOBJ, prepend(callable, args), null);
      case NEWOBJ_EX ->
          protocol >= 4
              ? new ObjectRecipe(Op.NEWOBJ_EX, callable, args, object.kwargs())
              : withoutKeywords(object);
      case INST ->
          protocol == 0 && callable instanceof PythonGlobal
              ? new ObjectRecipe(Op.INST, callable, args, null)
              : new ObjectRecipe(Op.OBJ, callable, args, null);
    };
  }

  /** A call of functools.partial(cls.__new__, cls, *args, **kwargs) without arguments. */
  private static ObjectRecipe withoutKeywords(PythonObject object) {
    if (!(object.callable() instanceof PythonGlobal cls)) {
      throw new UnsupportedValueException(
          "an object made with keyword arguments by something without a name,"
              + " which needs protocol 4 or later");
    }
    GlobalRef maker =
        new GlobalRef(new PythonGlobal(cls.module(), cls.name() + ".__new__"), cls.module());
    PythonObject partial = PythonObject.reduce(Globals.PARTIAL, PythonTuple.of(maker));
    partial.setState(
        PythonTuple.of(
            maker, PythonTuple.of(prepend(cls, object.args().toArray())), object.kwargs(), null));
    return new ObjectRecipe(Op.REDUCE, partial, new @Nullable Object[0], null);
  }

  private static @Nullable Object[] prepend(@Nullable Object first, @Nullable Object[] rest) {
    @Nullable Object[] all = new @Nullable Object[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  /** Writes what is called, or as much as the opcode wants of it at this place. */
  boolean writeCallable(PickleWriter writer) {
    if (opcode == Op.OBJ || opcode == Op.INST) {
      writer.opcodes().mark();
    }
    if (opcode == Op.INST) {
      return true;
    }
    // The policy has looked at the whole call, of which the name alone would tell too little.
    if (callable instanceof PythonGlobal global) {
      GlobalWriter globals = writer.standard().globals();
      globals.global(globals.reference(global));
      return true;
    }
    return writer.write(callable);
  }

  void beginArgs(PickleWriter writer) {
    if (opcode != Op.OBJ && opcode != Op.INST) {
      writer.opcodes().beginTuple(args.length);
    }
  }

  void endArgs(PickleWriter writer) {
    if (opcode != Op.OBJ && opcode != Op.INST && args.length > 0) {
      writer.opcodes().endTemporaryTuple(args.length);
    }
  }

  /** Writes the opcode that makes the object. */
  void make(PickleWriter writer) {
    if (opcode == Op.INST) {
      writer.standard().globals().putInst((PythonGlobal) Objects.requireNonNull(callable));
    } else {
      writer.opcodes().put(opcode);
    }
  }

  @Nullable Object[] args() {
    return args;
  }

  @Nullable Map<?, ?> keywords() {
    return keywords;
  }
}
