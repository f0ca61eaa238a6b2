package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonPath;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** Writes identifiers and paths of Python's standard library. */
final class LibraryForms {
  private final OpcodeWriter opcodes;
  private final ScalarWriter scalars;
  private final GlobalWriter globals;

  LibraryForms(OpcodeWriter opcodes, ScalarWriter scalars, GlobalWriter globals) {
    this.opcodes = opcodes;
    this.scalars = scalars;
    this.globals = globals;
  }

  void uuid(UUID uuid) {
    if (opcodes.isReference(uuid)) {
      return;
    }
    if (opcodes.protocol() >= 2) {
      globals.beginCall(Globals.UUID, 0);
      opcodes.put(Op.NEWOBJ);
      opcodes.memoize(uuid);
    } else {
      globals.beginCall(Globals.RECONSTRUCTOR, 3);
      globals.global(Globals.UUID);
      globals.global(Globals.OBJECT);
      scalars.none();
      opcodes.endLeafCall(3, uuid);
    }
    byte[] number =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    opcodes.beginTemporaryDict();
    scalars.text("int");
    scalars.integer(new BigInteger(1, number));
    opcodes.put(Op.SETITEM);
    opcodes.put(Op.BUILD);
  }

  void path(PythonPath path) {
    if (opcodes.isReference(path)) {
      return;
    }
    List<String> parts = path.parts();
    globals.beginCall(globals.reference(new PythonGlobal("pathlib", path.type())), parts.size());
    for (int i = 0; i < parts.size(); i++) {
      // Python interns the parts, but puts the anchor together anew for each path.
      if (i == 0 && isAnchor(path, parts.get(0))) {
        scalars.temporaryText(parts.get(0));
      } else {
        scalars.text(globals.interned(parts.get(i)));
      }
    }
    opcodes.endLeafCall(parts.size(), path);
  }

  private static boolean isAnchor(PythonPath path, String part) {
    return path.isWindows() ? part.endsWith("\\") || part.endsWith(":") : part.endsWith("/");
  }
}
