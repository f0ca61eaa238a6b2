package io.github.rq4j.client;

/**
 * A line of a Python traceback: {@code File "app/tasks.py", line 7, in total}. Immutable.
 *
 * @param file the file, or what stands for it, such as {@code <string>}
 * @param line the line, from 1; 0 where it is not known
 * @param function the function; empty where the traceback names none, as for a syntax error
 */
public record PythonFrame(String file, int line, String function) {

  /** The frame as Java prints it. */
  StackTraceElement asStackTraceElement() {
    // Workers in Java write class and method; Python writes a bare name.
    int dot = function.startsWith("<") ? -1 : function.lastIndexOf('.');
    String owner = dot > 0 ? function.substring(0, dot) : "<python>";
    String name = function.isEmpty() ? "<unknown>" : function.substring(dot > 0 ? dot + 1 : 0);
    return new StackTraceElement(owner, name, file, line);
  }
}
