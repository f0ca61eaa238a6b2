package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.RecordComponents;
import io.github.rq4j.codec.ValuePath;
import io.github.rq4j.codec.mapping.InstanceState;
import io.github.rq4j.codec.mapping.RecordMapping;

/**
 * A record that becomes an instance of a Python class: made without arguments, then given its
 * components as state.
 */
final class OpenRecord extends OpenValue {
  private final RecordMapping mapping;
  private final Record object;
  private final RecordComponents components;
  private final int size;
  private final boolean named;
  private int next = -1;

  OpenRecord(RecordMapping mapping, Record object) {
    this.mapping = mapping;
    this.object = object;
    components = RecordComponents.of(object.getClass());
    size = components.names().size();
    named = mapping.state() != InstanceState.LIST;
  }

  @Override
  boolean proceed(PickleWriter writer) {
    OpcodeWriter opcodes = writer.opcodes();
    if (next < 0) {
      make(writer);
      if (!hasState(opcodes.protocol())) {
        return true;
      }
      beginState(writer);
      next = 0;
    }
    while (true) {
      if (next > 0 && opcodes.protocol() == 0) {
        opcodes.put(named ? Op.SETITEM : Op.APPEND);
      }
      if (next == size) {
        endState(opcodes);
        return true;
      }
      if (named) {
        writer.scalars().text(components.names().get(next));
      }
      if (!writer.write(components.value(object, next++))) {
        return false;
      }
    }
  }

  /** Writes the instance without its state, as Python does for a class without own rules. */
  private void make(PickleWriter writer) {
    OpcodeWriter opcodes = writer.opcodes();
    GlobalWriter globals = writer.standard().globals();
    GlobalRef cls = globals.reference(mapping.pythonClass());
    if (opcodes.protocol() >= 2) {
      globals.beginCall(cls, 0);
      opcodes.put(Op.NEWOBJ);
      opcodes.memoize(object);
    } else {
      globals.beginCall(Globals.RECONSTRUCTOR, 3);
      globals.global(cls);
      globals.global(Globals.OBJECT);
      writer.scalars().none();
      opcodes.endLeafCall(3, object);
    }
  }

  /** An instance without attributes has no state, but for the list that a method returns. */
  private boolean hasState(int protocol) {
    return size > 0 || (!named && protocol >= 2);
  }

  private void beginState(PickleWriter writer) {
    OpcodeWriter opcodes = writer.opcodes();
    if (mapping.state() == InstanceState.SLOTS) {
      writer.scalars().none();
    }
    if (named) {
      opcodes.beginTemporaryDict();
    } else {
      opcodes.beginTemporaryList();
    }
    if (size > 1 && opcodes.protocol() > 0) {
      opcodes.put(Op.MARK);
    }
  }

  private void endState(OpcodeWriter opcodes) {
    if (opcodes.protocol() > 0 && size == 1) {
      opcodes.put(named ? Op.SETITEM : Op.APPEND);
    } else if (opcodes.protocol() > 0 && size > 1) {
      opcodes.put(named ? Op.SETITEMS : Op.APPENDS);
    }
    if (mapping.state() == InstanceState.SLOTS) {
      opcodes.endTemporaryTuple(2);
    }
    opcodes.put(Op.BUILD);
  }

  @Override
  void describe(ValuePath path) {
    if (next > 0) {
      path.part(components.names().get(next - 1));
    }
  }
}
