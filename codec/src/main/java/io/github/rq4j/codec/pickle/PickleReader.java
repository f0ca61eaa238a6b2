package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonTuple;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import net.razorvine.pickle.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Reads one pickle of protocol 0 to 5: a stack machine whose opcodes do what those of CPython's C
 * unpickler do. It calls nothing and loads nothing: what the pickle names is looked up in {@link
 * KnownTypes} or becomes an inert object. What many short opcodes could pile up is counted against
 * {@link CodecLimits}.
 */
final class PickleReader {
  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_ENDIAN_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MAX_GUESS = 4096;

  private final CodecLimits limits;
  private final PickleInput input;
  private final PickleStack stack;
  private final ReaderMemo memo;
  private final ScalarOpcodes scalars;
  private final ContainerOpcodes containers;
  private final ObjectOpcodes objects;

  /**
   * Prepares to read.
   *
   * @param bytes the pickle; what follows its end is ignored, as in Python
   */
  PickleReader(byte[] bytes, CodecLimits limits, Python2Strings python2Strings) {
    this.limits = limits;
    int guess = Math.min(MAX_GUESS, 8 + bytes.length / 16);
    input = new PickleInput(bytes, limits);
    stack = new PickleStack(guess, input, limits);
    memo = new ReaderMemo(guess);
    scalars = new ScalarOpcodes(input, limits, python2Strings);
    containers = new ContainerOpcodes(input, stack, limits);
    objects = new ObjectOpcodes(input, stack, memo, limits);
  }

  /**
   * Reads the value. To be called once.
   *
   * @throws MalformedPayloadException if the pickle is damaged or exceeds a limit
   * @throws UnsupportedValueException if it needs what only Python has
   */
  @Nullable Object read() {
    if (input.bytes.length > limits.maxInflatedBytes()) {
      throw CodecLimits.exceeded(
          "maxInflatedBytes",
          limits.maxInflatedBytes(),
          "a pickle of " + input.bytes.length + " bytes");
    }
    return run();
  }

  /**
   * Runs the machine until STOP. The opcodes that make up nearly all of a pickle of today are done
   * here, with the state of the machine in local variables for the sake of speed.
   */
  private @Nullable Object run() {
    byte[] in = input.bytes;
    int end = in.length;
    @Nullable Object[] values = stack.values;
    int pos = 0;
    int top = 0;
    int left = stack.left;
    while (true) {
      input.opcodeStart = pos;
      if (pos == end) {
        throw input.malformed("the pickle ends without STOP");
      }
      int opcode = in[pos++] & 0xFF;
      Object value;
      switch (opcode) {
        case Opcodes.BINGET -> {
          if (pos == end) {
            throw input.truncated();
          }
          value = memoized(in[pos++] & 0xFF);
        }
        case Opcodes.SHORT_BINUNICODE -> {
          int length = pos < end ? in[pos++] & 0xFF : 1;
          if (length > end - pos) {
            throw input.truncated();
          }
          value = TextDecoding.utf8(in, pos, length);
          if (value == null) {
            throw input.malformed("the text is not valid UTF-8");
          }
          pos += length;
        }
        case Opcodes.MEMOIZE -> {
          if (top <= stack.fence) {
            throw stack.underflow();
          }
          memoize(values[top - 1]);
          continue;
        }
        case Opcodes.BININT1 -> {
          if (pos == end) {
            throw input.truncated();
          }
          value = (long) (in[pos++] & 0xFF);
        }
        case Opcodes.BININT -> {
          if (end - pos < 4) {
            throw input.truncated();
          }
          value = (long) (int) LITTLE_ENDIAN_INT.get(in, pos);
          pos += 4;
        }
        case Opcodes.BININT2 -> {
          if (end - pos < 2) {
            throw input.truncated();
          }
          value = (long) ((in[pos] & 0xFF) | (in[pos + 1] & 0xFF) << 8);
          pos += 2;
        }
        case Opcodes.BINFLOAT -> {
          if (end - pos < 8) {
            throw input.truncated();
          }
          value = Double.longBitsToDouble((long) BIG_ENDIAN_LONG.get(in, pos));
          pos += 8;
        }
        case Opcodes.NONE -> value = null;
        case Opcodes.NEWTRUE -> value = true;
        case Opcodes.NEWFALSE -> value = false;
        case Opcodes.EMPTY_DICT -> value = new PythonDict();
        case Opcodes.EMPTY_LIST -> value = new PythonList();
        case Opcodes.EMPTY_TUPLE -> value = PythonTuple.EMPTY;
        case Opcodes.TUPLE1, Opcodes.TUPLE2, Opcodes.TUPLE3 -> {
          int size = opcode - Opcodes.TUPLE1 + 1;
          if (top - size < stack.fence) {
            throw stack.underflow();
          }
          top -= size;
          value = PythonTuple.fromArray(values, top, size);
        }
        case Opcodes.TUPLE -> {
          int mark = stack.popMark();
          value = PythonTuple.fromArray(values, mark, top - mark);
          top = mark;
        }
        case Opcodes.MARK -> {
          stack.mark(top);
          continue;
        }
        case Opcodes.SETITEMS -> {
          int mark = stack.popMark();
          containers.setItems(mark, top);
          top = mark;
          continue;
        }
        case Opcodes.SETITEM -> {
          containers.setItems(top - 2, top);
          top -= 2;
          continue;
        }
        case Opcodes.APPENDS -> {
          int mark = stack.popMark();
          containers.append(mark, top);
          top = mark;
          continue;
        }
        case Opcodes.APPEND -> {
          containers.append(top - 1, top);
          top--;
          continue;
        }
        case Opcodes.STOP -> {
          if (top <= stack.fence) {
            throw stack.underflow();
          }
          return values[top - 1];
        }
        default -> {
          input.position = pos;
          stack.top = top;
          stack.left = left;
          rare(opcode);
          pos = input.position;
          top = stack.top;
          left = stack.left;
          values = stack.values;
          continue;
        }
      }
      if (top == values.length) {
        values = stack.grow();
      }
      if (--left < 0) {
        throw stack.tooManyObjects();
      }
      values[top++] = value;
    }
  }

  /** Does the opcodes of older protocols and of everything that is not plain data. */
  private void rare(int opcode) {
    switch (opcode) {
      case Opcodes.PROTO -> objects.protocol();
      case Opcodes.FRAME -> input.requireLeft(input.length8());
      case Opcodes.STACK_GLOBAL -> objects.stackGlobal();
      case Opcodes.GLOBAL -> stack.push(objects.global());
      case Opcodes.REDUCE -> objects.reduce();
      case Opcodes.BUILD -> objects.build();
      case Opcodes.NEWOBJ -> objects.newObject();
      case Opcodes.NEWOBJ_EX -> objects.newObjectEx();
      case Opcodes.INST -> objects.inst();
      case Opcodes.OBJ -> objects.obj();
      case Opcodes.POP -> objects.pop();
      case Opcodes.POP_MARK -> stack.top = stack.popMark();
      case Opcodes.DUP -> stack.push(objects.noted(stack.peek()));
      case Opcodes.LONG_BINGET -> stack.push(memoized(input.unsigned4()));
      case Opcodes.GET -> stack.push(memoized(scalars.memoIndex()));
      case Opcodes.BINPUT -> put(input.unsigned1());
      case Opcodes.LONG_BINPUT -> put(input.unsigned4());
      case Opcodes.PUT -> put(scalars.memoIndex());
      case Opcodes.LIST -> containers.list();
      case Opcodes.DICT -> containers.dict();
      case Opcodes.EMPTY_SET -> stack.push(new PythonSet());
      case Opcodes.ADDITEMS -> containers.addItems();
      case Opcodes.FROZENSET -> containers.frozenSet();
      default -> scalar(opcode);
    }
  }

  private void scalar(int opcode) {
    switch (opcode) {
      case Opcodes.INT -> stack.push(scalars.intLine());
      case Opcodes.LONG -> stack.push(scalars.longLine());
      case Opcodes.FLOAT -> stack.push(scalars.floatLine());
      case Opcodes.LONG1 -> stack.push(scalars.binaryInteger(input.unsigned1()));
      case Opcodes.LONG4 -> stack.push(scalars.binaryInteger(input.signedLength4()));
      case Opcodes.UNICODE -> stack.push(scalars.unicodeLine());
      case Opcodes.BINUNICODE -> stack.push(scalars.text(input.unsigned4()));
      case Opcodes.BINUNICODE8 -> stack.push(scalars.text(input.length8()));
      case Opcodes.STRING -> stack.push(scalars.stringLine());
      case Opcodes.SHORT_BINSTRING -> stack.push(scalars.string(input.unsigned1()));
      case Opcodes.BINSTRING -> stack.push(scalars.string(input.unsigned4()));
      case Opcodes.SHORT_BINBYTES -> stack.push(scalars.bytes(input.unsigned1()));
      case Opcodes.BINBYTES -> stack.push(scalars.bytes(input.unsigned4()));
      case Opcodes.BINBYTES8 -> stack.push(scalars.bytes(input.length8()));
      case Opcodes.BYTEARRAY8 -> stack.push(scalars.byteArray(input.length8()));
      default -> unsupported(opcode);
    }
  }

  /** The opcodes that need something which only the sender's program has, and those unknown. */
  private void unsupported(int opcode) {
    switch (opcode) {
      case Opcodes.EXT1 -> throw extension(input.unsigned1());
      case Opcodes.EXT2 -> throw extension(input.unsigned1() | input.unsigned1() << Byte.SIZE);
      case Opcodes.EXT4 -> throw extension((int) input.unsigned4());
      case Opcodes.PERSID -> {
        input.line();
        throw input.unsupported("a persistent id names an object outside of the pickle");
      }
      case Opcodes.BINPERSID -> {
        stack.require(1);
        throw input.unsupported("a persistent id names an object outside of the pickle");
      }
      case Opcodes.NEXT_BUFFER ->
          throw input.unsupported("an out-of-band buffer lies outside of the pickle");
      case Opcodes.READONLY_BUFFER -> requireReadonlyBuffer(stack.peek());
      default -> throw input.unknownOpcode();
    }
  }

  private CodecException extension(int code) {
    return code <= 0
        ? input.malformed("an extension code has to be positive")
        : input.unsupported("extension code " + code + " is known to the sender's program only");
  }

  private void requireReadonlyBuffer(@Nullable Object value) {
    if (value instanceof PythonByteArray) {
      throw input.unsupported("a read-only view of a bytearray has no Java form");
    }
    if (!(value instanceof PythonBytes)) {
      throw input.malformed(PickleInput.type(value) + " is no buffer");
    }
  }

  private @Nullable Object memoized(long index) {
    Object entry = memo.entry(index);
    if (entry == null) {
      throw input.malformed("the memo has no such entry");
    }
    return objects.noted(ReaderMemo.value(entry));
  }

  private void memoize(@Nullable Object value) {
    checkMemo();
    memo.add(value);
  }

  private void put(long index) {
    Object value = stack.peek();
    checkMemo();
    memo.put(index, value);
  }

  private void checkMemo() {
    if (memo.count() >= limits.maxMemoEntries()) {
      throw input.exceeded("maxMemoEntries", limits.maxMemoEntries());
    }
  }
}
