package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.python.PythonGlobal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names by which Python 2 knew the classes and functions of Python 3. A pickle below protocol 3
 * holds the old names; every Python 3 writes them so and maps them when it reads such a pickle:
 * single names first, then whole modules.
 */
final class Python2Names {
  /** Names that moved or changed: module in Python 2, module in Python 3, the names. */
  private static final String[][] MOVED_NAMES = {
    {"__builtin__", "builtins", "xrange=range unichr=chr unicode=str long=int"},
    {"__builtin__", "_functools", "reduce"},
    {"__builtin__", "sys", "intern"},
    {"itertools", "builtins", "izip=zip imap=map ifilter=filter"},
    {"itertools", "itertools", "ifilterfalse=filterfalse izip_longest=zip_longest"},
    {"UserDict", "collections", "IterableUserDict=UserDict"},
    {"UserList", "collections", "UserList"},
    {"UserString", "collections", "UserString"},
    {"whichdb", "dbm", "whichdb"},
    {"_socket", "socket", "fromfd"},
    {"multiprocessing", "multiprocessing.context", "AuthenticationError BufferTooShort"},
    {"multiprocessing", "multiprocessing.context", "ProcessError TimeoutError"},
    {"_multiprocessing", "multiprocessing.connection", "Connection"},
    {"multiprocessing.process", "multiprocessing.context", "Process"},
    {"multiprocessing.forking", "multiprocessing.popen_fork", "Popen"},
    {"urllib", "urllib.error", "ContentTooShortError"},
    {"urllib", "urllib.request", "getproxies pathname2url url2pathname urlcleanup"},
    {"urllib", "urllib.request", "urlopen urlretrieve"},
    {"urllib", "urllib.parse", "quote quote_plus unquote unquote_plus urlencode"},
    {"urllib2", "urllib.error", "HTTPError URLError"},
    {
      "exceptions",
      "builtins",
      "ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning"
          + " DeprecationWarning EOFError EnvironmentError Exception FloatingPointError"
          + " FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError"
          + " IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError"
          + " NotImplementedError OSError OverflowError PendingDeprecationWarning ReferenceError"
          + " RuntimeError RuntimeWarning StopIteration SyntaxError SyntaxWarning SystemError"
          + " SystemExit TabError TypeError UnboundLocalError UnicodeDecodeError"
          + " UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning"
          + " ValueError Warning ZeroDivisionError"
    },
  };

  /** The same for names of Python 2 that Python 3 maps but does not write. */
  private static final String[][] ONLY_READ_NAMES = {
    {"__builtin__", "builtins", "basestring=str"},
    {"UserDict", "collections", "UserDict"},
    {"socket", "socket", "_socketobject=SocketType"},
    {"exceptions", "builtins", "StandardError=Exception"},
  };

  /** The same for names of Python 3 that are written so, but do not come back. */
  private static final String[][] ONLY_WRITTEN_NAMES = {
    {"__builtin__", "functools", "reduce"},
    {"socket", "_socket", "_socketobject=socket"},
    {"FileDialog", "tkinter.filedialog", "FileDialog LoadFileDialog SaveFileDialog"},
    {"SimpleDialog", "tkinter.simpledialog", "SimpleDialog"},
    {"DocXMLRPCServer", "xmlrpc.server", "ServerHTMLDoc XMLRPCDocGenerator"},
    {"DocXMLRPCServer", "xmlrpc.server", "DocXMLRPCRequestHandler DocXMLRPCServer"},
    {"DocXMLRPCServer", "xmlrpc.server", "DocCGIXMLRPCRequestHandler"},
    {"SimpleHTTPServer", "http.server", "SimpleHTTPRequestHandler"},
    {"CGIHTTPServer", "http.server", "CGIHTTPRequestHandler"},
    {"exceptions", "builtins", "ImportError=ModuleNotFoundError OSError=BrokenPipeError"},
    {"exceptions", "builtins", "OSError=ChildProcessError OSError=ConnectionAbortedError"},
    {"exceptions", "builtins", "OSError=ConnectionError OSError=ConnectionRefusedError"},
    {"exceptions", "builtins", "OSError=ConnectionResetError OSError=FileExistsError"},
    {"exceptions", "builtins", "OSError=FileNotFoundError OSError=InterruptedError"},
    {"exceptions", "builtins", "OSError=IsADirectoryError OSError=NotADirectoryError"},
    {"exceptions", "builtins", "OSError=PermissionError OSError=ProcessLookupError"},
    {"exceptions", "builtins", "OSError=TimeoutError"},
  };

  /** Modules whose names all moved together. */
  private static final String MOVED_MODULES =
      "__builtin__=builtins copy_reg=copyreg _abcoll=collections.abc Queue=queue"
          + " SocketServer=socketserver ConfigParser=configparser repr=reprlib"
          + " commands=subprocess thread=_thread dummy_thread=_dummy_thread"
          + " markupbase=_markupbase _winreg=winreg anydbm=dbm dbhash=dbm.bsd dumbdbm=dbm.dumb"
          + " dbm=dbm.ndbm gdbm=dbm.gnu xmlrpclib=xmlrpc.client"
          + " SimpleXMLRPCServer=xmlrpc.server httplib=http.client Cookie=http.cookies"
          + " cookielib=http.cookiejar BaseHTTPServer=http.server htmlentitydefs=html.entities"
          + " HTMLParser=html.parser urlparse=urllib.parse robotparser=urllib.robotparser"
          + " urllib2=urllib.request test.test_support=test.support Tkinter=tkinter"
          + " tkFileDialog=tkinter.filedialog tkSimpleDialog=tkinter.simpledialog"
          + " tkColorChooser=tkinter.colorchooser tkCommonDialog=tkinter.commondialog"
          + " Dialog=tkinter.dialog Tkdnd=tkinter.dnd tkFont=tkinter.font"
          + " tkMessageBox=tkinter.messagebox ScrolledText=tkinter.scrolledtext"
          + " Tkconstants=tkinter.constants Tix=tkinter.tix ttk=tkinter.ttk";

  private static final String ONLY_READ_MODULES =
      "cPickle=pickle StringIO=io cStringIO=io UserDict=collections UserList=collections"
          + " UserString=collections whichdb=dbm DocXMLRPCServer=xmlrpc.server"
          + " SimpleHTTPServer=http.server CGIHTTPServer=http.server"
          + " _elementtree=xml.etree.ElementTree FileDialog=tkinter.filedialog"
          + " SimpleDialog=tkinter.simpledialog";

  private static final String ONLY_WRITTEN_MODULES =
      "bz2=_bz2 dbm=_dbm functools=_functools gdbm=_gdbm pickle=_pickle";

  private static final Map<PythonGlobal, PythonGlobal> NAMES_TO_3 =
      toPython3(names(MOVED_NAMES, ONLY_READ_NAMES));
  private static final Map<PythonGlobal, PythonGlobal> NAMES_TO_2 =
      toPython2(names(MOVED_NAMES, ONLY_WRITTEN_NAMES));
  private static final Map<String, String> MODULES_TO_3 =
      toPython3(pairs(MOVED_MODULES + " " + ONLY_READ_MODULES));
  private static final Map<String, String> MODULES_TO_2 =
      toPython2(pairs(MOVED_MODULES + " " + ONLY_WRITTEN_MODULES));

  /** One thing by its two names. */
  private record Pair<T>(T inPython2, T inPython3) {}

  private Python2Names() {}

  /** The name in Python 3 of what a pickle below protocol 3 names. */
  static PythonGlobal toPython3(PythonGlobal global) {
    return moved(global, NAMES_TO_3, MODULES_TO_3);
  }

  /** The name that a pickle below protocol 3 gives to a class or function of Python 3. */
  static PythonGlobal toPython2(PythonGlobal global) {
    return moved(global, NAMES_TO_2, MODULES_TO_2);
  }

  private static PythonGlobal moved(
      PythonGlobal global, Map<PythonGlobal, PythonGlobal> names, Map<String, String> modules) {
    PythonGlobal moved = names.get(global);
    if (moved != null) {
      return moved;
    }
    String module = modules.get(global.module());
    return module == null ? global : new PythonGlobal(module, global.name());
  }

  private static List<Pair<PythonGlobal>> names(String[][]... tables) {
    List<Pair<PythonGlobal>> names = new ArrayList<>();
    for (String[][] table : tables) {
      for (String[] row : table) {
        for (Pair<String> name : pairs(row[2])) {
          names.add(
              new Pair<>(
                  new PythonGlobal(row[0], name.inPython2()),
                  new PythonGlobal(row[1], name.inPython3())));
        }
      }
    }
    return names;
  }

  private static List<Pair<String>> pairs(String text) {
    List<Pair<String>> pairs = new ArrayList<>();
    for (String pair : text.split(" ", -1)) {
      int equals = pair.indexOf('=');
      pairs.add(
          equals < 0
              ? new Pair<>(pair, pair)
              : new Pair<>(pair.substring(0, equals), pair.substring(equals + 1)));
    }
    return pairs;
  }

  private static <T> Map<T, T> toPython3(List<Pair<T>> pairs) {
    Map<T, T> map = new HashMap<>();
    pairs.forEach(pair -> map.put(pair.inPython2(), pair.inPython3()));
    return Collections.unmodifiableMap(map);
  }

  private static <T> Map<T, T> toPython2(List<Pair<T>> pairs) {
    Map<T, T> map = new HashMap<>();
    pairs.forEach(pair -> map.put(pair.inPython3(), pair.inPython2()));
    return Collections.unmodifiableMap(map);
  }
}
