package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.python.PythonGlobal;
import java.util.HashMap;
import java.util.Map;

/**
 * Which name Python 2 knew a class or function of Python 3 by. Pickles below protocol 3 hold those
 * names, and every Python 3 maps them back when it reads such a pickle.
 */
final class NamesForPython2 {
  /** Names that moved or changed: module and names in Python 3, then the module in Python 2. */
  private static final String[][] MOVED_NAMES = {
    {"builtins", "__builtin__", "range=xrange str=unicode int=long chr=unichr"},
    {"builtins", "itertools", "zip=izip map=imap filter=ifilter"},
    {"itertools", "itertools", "filterfalse=ifilterfalse zip_longest=izip_longest"},
    {"functools", "__builtin__", "reduce"},
    {"_functools", "__builtin__", "reduce"},
    {"sys", "__builtin__", "intern"},
    {"collections", "UserDict", "UserDict=IterableUserDict"},
    {"collections", "UserList", "UserList"},
    {"collections", "UserString", "UserString"},
    {"dbm", "whichdb", "whichdb"},
    {"socket", "_socket", "fromfd"},
    {"_socket", "socket", "socket=_socketobject"},
    {"multiprocessing.connection", "_multiprocessing", "Connection"},
    {"multiprocessing.context", "multiprocessing.process", "Process"},
    {"multiprocessing.popen_fork", "multiprocessing.forking", "Popen"},
    {
      "multiprocessing.context",
      "multiprocessing",
      "AuthenticationError BufferTooShort ProcessError TimeoutError"
    },
    {"urllib.error", "urllib", "ContentTooShortError"},
    {"urllib.error", "urllib2", "HTTPError URLError"},
    {
      "urllib.request",
      "urllib",
      "getproxies pathname2url url2pathname urlcleanup urlopen urlretrieve"
    },
    {"urllib.parse", "urllib", "quote quote_plus unquote unquote_plus urlencode"},
    {"tkinter.filedialog", "FileDialog", "FileDialog LoadFileDialog SaveFileDialog"},
    {"tkinter.simpledialog", "SimpleDialog", "SimpleDialog"},
    {
      "xmlrpc.server",
      "DocXMLRPCServer",
      "ServerHTMLDoc XMLRPCDocGenerator DocXMLRPCRequestHandler DocXMLRPCServer"
          + " DocCGIXMLRPCRequestHandler"
    },
    {"http.server", "SimpleHTTPServer", "SimpleHTTPRequestHandler"},
    {"http.server", "CGIHTTPServer", "CGIHTTPRequestHandler"},
    {
      "builtins",
      "exceptions",
      "ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning"
          + " DeprecationWarning EOFError EnvironmentError Exception FloatingPointError"
          + " FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError"
          + " IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError"
          + " NotImplementedError OSError OverflowError PendingDeprecationWarning ReferenceError"
          + " RuntimeError RuntimeWarning StopIteration SyntaxError SyntaxWarning SystemError"
          + " SystemExit TabError TypeError UnboundLocalError UnicodeDecodeError"
          + " UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning"
          + " ValueError Warning ZeroDivisionError"
          + " ModuleNotFoundError=ImportError BrokenPipeError=OSError ChildProcessError=OSError"
          + " ConnectionAbortedError=OSError ConnectionError=OSError"
          + " ConnectionRefusedError=OSError ConnectionResetError=OSError FileExistsError=OSError"
          + " FileNotFoundError=OSError InterruptedError=OSError IsADirectoryError=OSError"
          + " NotADirectoryError=OSError PermissionError=OSError ProcessLookupError=OSError"
          + " TimeoutError=OSError"
    },
  };

  /** Modules whose names all moved together. */
  private static final String RENAMED_MODULES =
      "builtins=__builtin__ copyreg=copy_reg queue=Queue socketserver=SocketServer"
          + " configparser=ConfigParser reprlib=repr tkinter=Tkinter"
          + " tkinter.filedialog=tkFileDialog tkinter.simpledialog=tkSimpleDialog"
          + " tkinter.colorchooser=tkColorChooser tkinter.commondialog=tkCommonDialog"
          + " tkinter.dialog=Dialog tkinter.dnd=Tkdnd tkinter.font=tkFont"
          + " tkinter.messagebox=tkMessageBox tkinter.scrolledtext=ScrolledText"
          + " tkinter.constants=Tkconstants tkinter.tix=Tix tkinter.ttk=ttk"
          + " _markupbase=markupbase winreg=_winreg _thread=thread _dummy_thread=dummy_thread"
          + " dbm=anydbm dbm.bsd=dbhash dbm.dumb=dumbdbm dbm.ndbm=dbm dbm.gnu=gdbm"
          + " xmlrpc.client=xmlrpclib xmlrpc.server=SimpleXMLRPCServer http.client=httplib"
          + " http.cookies=Cookie http.cookiejar=cookielib http.server=BaseHTTPServer"
          + " html.entities=htmlentitydefs html.parser=HTMLParser test.support=test.test_support"
          + " subprocess=commands urllib.parse=urlparse urllib.robotparser=robotparser"
          + " urllib.request=urllib2 collections.abc=_abcoll _bz2=bz2 _dbm=dbm"
          + " _functools=functools _gdbm=gdbm _pickle=pickle";

  private static final Map<PythonGlobal, PythonGlobal> NAMES = names();
  private static final Map<String, String> MODULES = modules();

  private NamesForPython2() {}

  /** The name to write, which is the same one for most. */
  static PythonGlobal of(PythonGlobal global) {
    PythonGlobal moved = NAMES.get(global);
    if (moved != null) {
      return moved;
    }
    String module = MODULES.get(global.module());
    return module == null ? global : new PythonGlobal(module, global.name());
  }

  private static Map<PythonGlobal, PythonGlobal> names() {
    Map<PythonGlobal, PythonGlobal> names = new HashMap<>();
    for (String[] row : MOVED_NAMES) {
      pairs(row[2])
          .forEach(
              (now, then) ->
                  names.put(new PythonGlobal(row[0], now), new PythonGlobal(row[1], then)));
    }
    return Map.copyOf(names);
  }

  private static Map<String, String> modules() {
    return Map.copyOf(pairs(RENAMED_MODULES));
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : text.split(" ", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        pairs.put(pair, pair);
      } else {
        pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return pairs;
  }
}
