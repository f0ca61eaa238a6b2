package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonGlobal;
import java.util.HashMap;
import java.util.Map;

/** Writes the names of classes and functions, and calls that begin with one. */
final class GlobalWriter {
  private final int protocol;
  private final OpcodeWriter opcodes;
  private final ScalarWriter scalars;
  private final Map<PythonGlobal, GlobalRef> references = new HashMap<>();
  private final Map<String, String> interned = new HashMap<>();

  GlobalWriter(OpcodeWriter opcodes, ScalarWriter scalars) {
    this.opcodes = opcodes;
    this.scalars = scalars;
    protocol = opcodes.protocol();
  }

  /** A class or function. */
  void global(GlobalRef ref) {
    if (opcodes.isReference(ref)) {
      return;
    }
    PythonGlobal global = ref.global();
    int dot = global.name().lastIndexOf('.');
    if (protocol >= 4) {
      scalars.text(ref.moduleText());
      scalars.temporaryText(global.name());
      opcodes.put(Op.STACK_GLOBAL);
      opcodes.memoize(ref);
    } else if (dot >= 0) {
      beginCall(Globals.GETATTR, 2);
      global(reference(new PythonGlobal(global.module(), global.name().substring(0, dot))));
      scalars.temporaryText(global.name().substring(dot + 1));
      opcodes.endLeafCall(2, ref);
    } else {
      opcodes.put(Op.GLOBAL);
      putLines(global);
      opcodes.memoize(ref);
    }
  }

  /** Writes a callable and begins its arguments. */
  void beginCall(GlobalRef callable, int size) {
    global(callable);
    opcodes.beginTuple(size);
  }

  /** The opcode that makes an instance of a class which it names itself, in protocol 0. */
  void putInst(PythonGlobal cls) {
    opcodes.put(Op.INST);
    putLines(cls);
  }

  private void putLines(PythonGlobal global) {
    PythonGlobal written = protocol < 3 ? Python2Names.toPython2(global) : global;
    checkLine(written);
    PickleOutput out = opcodes.out();
    out.putBytes(Utf8.encode(written.module()));
    out.put((byte) '\n');
    out.putBytes(Utf8.encode(written.name()));
    out.put((byte) '\n');
  }

  private void checkLine(PythonGlobal global) {
    String names = global.module() + global.name();
    boolean isAscii = names.chars().allMatch(c -> c < 0x80);
    if (names.indexOf('\n') >= 0 || (protocol < 3 && !isAscii)) {
      throw new UnsupportedValueException(
          "a module, class or function name that protocol " + protocol + " cannot hold");
    }
  }

  /** The reference to a global; the same object for the same name. */
  GlobalRef reference(PythonGlobal global) {
    GlobalRef known = Globals.known(global);
    return known != null
        ? known
        : references.computeIfAbsent(global, key -> new GlobalRef(key, interned(key.module())));
  }

  /** The string object that Python, which interns such names, would have for this text. */
  String interned(String text) {
    String known = Globals.moduleText(text);
    return known != null ? known : interned.computeIfAbsent(text, same -> same);
  }
}
