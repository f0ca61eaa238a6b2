package io.github.rq4j.codec.pickle;

import org.jspecify.annotations.Nullable;

/** The names of the opcodes, for messages. */
final class OpcodeNames {
  private static final String[][] NAMES = {
    {"(", "MARK"},
    {".", "STOP"},
    {"0", "POP"},
    {"1", "POP_MARK"},
    {"2", "DUP"},
    {"F", "FLOAT"},
    {"I", "INT"},
    {"J", "BININT"},
    {"K", "BININT1"},
    {"L", "LONG"},
    {"M", "BININT2"},
    {"N", "NONE"},
    {"P", "PERSID"},
    {"Q", "BINPERSID"},
    {"R", "REDUCE"},
    {"S", "STRING"},
    {"T", "BINSTRING"},
    {"U", "SHORT_BINSTRING"},
    {"V", "UNICODE"},
    {"X", "BINUNICODE"},
    {"a", "APPEND"},
    {"b", "BUILD"},
    {"c", "GLOBAL"},
    {"d", "DICT"},
    {"}", "EMPTY_DICT"},
    {"e", "APPENDS"},
    {"g", "GET"},
    {"h", "BINGET"},
    {"i", "INST"},
    {"j", "LONG_BINGET"},
    {"l", "LIST"},
    {"]", "EMPTY_LIST"},
    {"o", "OBJ"},
    {"p", "PUT"},
    {"q", "BINPUT"},
    {"r", "LONG_BINPUT"},
    {"s", "SETITEM"},
    {"t", "TUPLE"},
    {")", "EMPTY_TUPLE"},
    {"u", "SETITEMS"},
    {"G", "BINFLOAT"},
    {"B", "BINBYTES"},
    {"C", "SHORT_BINBYTES"},
  };

  /** Those from 0x80 on. */
  private static final String[] NEW_NAMES = {
    "PROTO",
    "NEWOBJ",
    "EXT1",
    "EXT2",
    "EXT4",
    "TUPLE1",
    "TUPLE2",
    "TUPLE3",
    "NEWTRUE",
    "NEWFALSE",
    "LONG1",
    "LONG4",
    "SHORT_BINUNICODE",
    "BINUNICODE8",
    "BINBYTES8",
    "EMPTY_SET",
    "ADDITEMS",
    "FROZENSET",
    "NEWOBJ_EX",
    "STACK_GLOBAL",
    "MEMOIZE",
    "FRAME",
    "BYTEARRAY8",
    "NEXT_BUFFER",
    "READONLY_BUFFER",
  };

  private OpcodeNames() {}

  /** The name of an opcode, null if there is no such opcode. */
  static @Nullable String of(int opcode) {
    if (opcode >= 0x80) {
      return opcode - 0x80 < NEW_NAMES.length ? NEW_NAMES[opcode - 0x80] : null;
    }
    for (String[] name : NAMES) {
      if (name[0].charAt(0) == opcode) {
        return name[1];
      }
    }
    return null;
  }
}
