package io.github.rq4j.codec.pickle;

import java.util.HashMap;
import java.util.Map;

/**
 * The names by which Python 3 knows the classes and functions of Python 2. A pickle below protocol
 * 3 holds the old names; Python 3 maps them when it reads one, names first and then whole modules.
 */
final class NamesOfPython2 {
  /** Names that moved or changed: module in Python 2, module in Python 3, the names. */
  private static final String[][] MOVED_NAMES = {
    {"__builtin__", "builtins", "xrange=range unichr=chr unicode=str long=int basestring=str"},
    {"__builtin__", "_functools", "reduce"},
    {"__builtin__", "sys", "intern"},
    {"itertools", "builtins", "izip=zip imap=map ifilter=filter"},
    {"itertools", "itertools", "ifilterfalse=filterfalse izip_longest=zip_longest"},
    {"UserDict", "collections", "IterableUserDict=UserDict UserDict"},
    {"UserList", "collections", "UserList"},
    {"UserString", "collections", "UserString"},
    {"whichdb", "dbm", "whichdb"},
    {"_socket", "socket", "fromfd"},
    {"socket", "socket", "_socketobject=SocketType"},
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
          + " RuntimeError RuntimeWarning StandardError=Exception StopIteration SyntaxError"
          + " SyntaxWarning SystemError SystemExit TabError TypeError UnboundLocalError"
          + " UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError"
          + " UnicodeWarning UserWarning ValueError Warning ZeroDivisionError"
    },
  };

  /** Modules whose names all moved together. */
  private static final String MOVED_MODULES =
      "__builtin__=builtins copy_reg=copyreg cPickle=pickle StringIO=io cStringIO=io"
          + " _abcoll=collections.abc UserDict=collections UserList=collections"
          + " UserString=collections Queue=queue SocketServer=socketserver"
          + " ConfigParser=configparser repr=reprlib commands=subprocess thread=_thread"
          + " dummy_thread=_dummy_thread markupbase=_markupbase _winreg=winreg whichdb=dbm"
          + " anydbm=dbm dbhash=dbm.bsd dumbdbm=dbm.dumb dbm=dbm.ndbm gdbm=dbm.gnu"
          + " xmlrpclib=xmlrpc.client SimpleXMLRPCServer=xmlrpc.server"
          + " DocXMLRPCServer=xmlrpc.server httplib=http.client Cookie=http.cookies"
          + " cookielib=http.cookiejar BaseHTTPServer=http.server SimpleHTTPServer=http.server"
          + " CGIHTTPServer=http.server htmlentitydefs=html.entities HTMLParser=html.parser"
          + " urlparse=urllib.parse robotparser=urllib.robotparser urllib2=urllib.request"
          + " _elementtree=xml.etree.ElementTree test.test_support=test.support Tkinter=tkinter"
          + " tkFileDialog=tkinter.filedialog FileDialog=tkinter.filedialog"
          + " tkSimpleDialog=tkinter.simpledialog SimpleDialog=tkinter.simpledialog"
          + " tkColorChooser=tkinter.colorchooser tkCommonDialog=tkinter.commondialog"
          + " Dialog=tkinter.dialog Tkdnd=tkinter.dnd tkFont=tkinter.font"
          + " tkMessageBox=tkinter.messagebox ScrolledText=tkinter.scrolledtext"
          + " Tkconstants=tkinter.constants Tix=tkinter.tix ttk=tkinter.ttk";

  /** Module and name of Python 2, joined by a line end, to those of Python 3. */
  private static final Map<String, String[]> NAMES = new HashMap<>();

  private static final Map<String, String> MODULES = new HashMap<>();

  static {
    for (String[] row : MOVED_NAMES) {
      for (String name : row[2].split(" ", -1)) {
        String[] pair = name.split("=", -1);
        NAMES.put(row[0] + '\n' + pair[0], new String[] {row[1], pair[pair.length - 1]});
      }
    }
    for (String module : MOVED_MODULES.split(" ", -1)) {
      String[] pair = module.split("=", -1);
      MODULES.put(pair[0], pair[1]);
    }
  }

  private NamesOfPython2() {}

  /** The module of Python 3 that has the name of Python 2. */
  static String module(String module, String name) {
    String[] moved = NAMES.get(module + '\n' + name);
    return moved != null ? moved[0] : MODULES.getOrDefault(module, module);
  }

  /** The name in Python 3. */
  static String name(String module, String name) {
    String[] moved = NAMES.get(module + '\n' + name);
    return moved != null ? moved[1] : name;
  }
}
