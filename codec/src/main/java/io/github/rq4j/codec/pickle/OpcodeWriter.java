package io.github.rq4j.codec.pickle;

import org.jspecify.annotations.Nullable;

/**
 * Writes the opcodes that hold a pickle together, in the form of the protocol, and keeps the memo.
 */
final class OpcodeWriter {
  private static final int SHORT = 256;

  private final int protocol;
  private final PickleOutput out;
  private final IdentityMemo memo = new IdentityMemo();

  OpcodeWriter(int protocol, PickleOutput out) {
    this.protocol = protocol;
    this.out = out;
  }

  /** Begins a pickle. */
  void begin() {
    out.begin();
  }

  /** Lets go of the objects that were written. */
  void forget() {
    memo.clear();
  }

  int protocol() {
    return protocol;
  }

  PickleOutput out() {
    return out;
  }

  void put(byte opcode) {
    out.put(opcode);
  }

  // The memo

  /** Writes a reference if the object, which begins here, was written before. */
  boolean isReference(Object value) {
    out.boundary();
    int number = memo.find(value);
    if (number >= 0) {
      get(number);
    }
    return number >= 0;
  }

  /**
   * Writes a reference if the text, which begins here, was written before; else enters it into the
   * memo, whose opcode {@link #putText} has to follow the text itself.
   */
  boolean isReferenceOrNew(String text) {
    out.boundary();
    int number = memo.findOrAdd(text);
    if (number >= 0) {
      get(number);
    }
    return number >= 0;
  }

  /** Ends a text that was new. */
  void putText() {
    put(memo.count() - 1);
  }

  /** Enters the object just written into the memo, if it is not there already. */
  void memoize(Object value) {
    if (memo.findOrAdd(value) < 0) {
      put(memo.count() - 1);
    }
  }

  /** Enters an object into the memo that nothing refers to again. */
  void memoizeTemporary() {
    put(memo.addAnonymous());
  }

  /**
   * Enters the object just made into the memo. If it came to stand there while its parts were
   * written, that one is taken instead.
   *
   * @return whether it is the object just made
   */
  boolean memoizeUnlessKnown(Object value) {
    int number = memo.findOrAdd(value);
    if (number >= 0) {
      out.put(Op.POP);
      get(number);
      return false;
    }
    put(memo.count() - 1);
    return true;
  }

  private void put(int number) {
    if (protocol >= 4) {
      out.put(Op.MEMOIZE);
    } else if (protocol == 0) {
      out.putLine(Op.PUT, Integer.toString(number));
    } else if (number < SHORT) {
      out.putByte(Op.BINPUT, number);
    } else {
      out.putInt(Op.LONG_BINPUT, number);
    }
  }

  private void get(int number) {
    if (protocol == 0) {
      out.putLine(Op.GET, Integer.toString(number));
    } else if (number < SHORT) {
      out.putByte(Op.BINGET, number);
    } else {
      out.putInt(Op.LONG_BINGET, number);
    }
  }

  // Containers that are made empty and filled later

  /**
   * Begins a list, or writes a reference if it was written before.
   *
   * @return whether it is to be filled
   */
  boolean beginList(Object list) {
    return begin(list, Op.EMPTY_LIST, Op.LIST);
  }

  /** The same for a dict. */
  boolean beginDict(Object dict) {
    return begin(dict, Op.EMPTY_DICT, Op.DICT);
  }

  /** The same for a set of protocol 4 or later. */
  boolean beginSet(Object set) {
    return begin(set, Op.EMPTY_SET, Op.EMPTY_SET);
  }

  private boolean begin(Object container, byte empty, byte ofMark) {
    out.boundary();
    int number = memo.findOrAdd(container);
    if (number >= 0) {
      get(number);
      return false;
    }
    putEmpty(empty, ofMark);
    put(memo.count() - 1);
    return true;
  }

  /** Begins a dict that nothing refers to. */
  void beginTemporaryDict() {
    out.boundary();
    putEmpty(Op.EMPTY_DICT, Op.DICT);
    memoizeTemporary();
  }

  /** Begins a list that nothing refers to. */
  void beginTemporaryList() {
    out.boundary();
    putEmpty(Op.EMPTY_LIST, Op.LIST);
    memoizeTemporary();
  }

  private void putEmpty(byte empty, byte ofMark) {
    if (protocol == 0) {
      out.put(Op.MARK, ofMark);
    } else {
      out.put(empty);
    }
  }

  // Tuples and frozen sets, which are made of their parts

  void mark() {
    out.boundary();
    out.put(Op.MARK);
  }

  /** Begins a tuple of so many parts; one without parts is complete then. */
  void beginTuple(int size) {
    out.boundary();
    if (size == 0) {
      putEmpty(Op.EMPTY_TUPLE, Op.TUPLE);
    } else if (size > 3 || protocol < 2) {
      out.put(Op.MARK);
    }
  }

  /** Ends a tuple that has parts, unless one of those led to the tuple itself being written. */
  void endTuple(Object tuple, int size) {
    int number = memo.findOrAdd(tuple);
    if (number < 0) {
      putTuple(size);
      put(memo.count() - 1);
    } else {
      discardTuple(size);
      get(number);
    }
  }

  /** Ends a tuple that has parts and nothing refers to. */
  void endTemporaryTuple(int size) {
    putTuple(size);
    memoizeTemporary();
  }

  private void putTuple(int size) {
    if (size > 3 || protocol < 2) {
      out.put(Op.TUPLE);
    } else {
      out.put((byte) (Op.TUPLE1 + size - 1));
    }
  }

  private void discardTuple(int size) {
    if (protocol == 1 || (protocol > 1 && size > 3)) {
      out.put(Op.POP_MARK);
      return;
    }
    int pops = protocol == 0 ? size + 1 : size;
    for (int i = 0; i < pops; i++) {
      out.put(Op.POP);
    }
  }

  /** Ends a frozen set, unless one of its members led to it being written. */
  void endFrozenSet(Object set) {
    int number = memo.findOrAdd(set);
    if (number < 0) {
      out.put(Op.FROZENSET);
      put(memo.count() - 1);
    } else {
      out.put(Op.POP_MARK);
      get(number);
    }
  }

  // Calls

  /** Ends the arguments, makes the call, and enters the result, unless it is there already. */
  void endCall(int size, Object result) {
    endTemporaryTuple(size);
    out.put(Op.REDUCE);
    memoizeUnlessKnown(result);
  }

  /** The same for a result that nothing refers to, or null for that. */
  void endLeafCall(int size, @Nullable Object result) {
    if (size > 0) {
      endTemporaryTuple(size);
    }
    out.put(Op.REDUCE);
    if (result == null) {
      memoizeTemporary();
    } else {
      memoize(result);
    }
  }
}
