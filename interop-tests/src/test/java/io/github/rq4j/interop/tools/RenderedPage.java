package io.github.rq4j.interop.tools;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as a reader sees it.
 *
 * @param html the elements that the browser has
 */
record RenderedPage(String html) {
  private static final Pattern HIDDEN =
      Pattern.compile("<(script|style)\\b.*?</\\1>|<!--.*?-->", Pattern.DOTALL);
  private static final Pattern ROW = Pattern.compile("<tr\\b.*?</tr>", Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern BLANKS = Pattern.compile("(?:\\s|&nbsp;)+");

  /** The text, with one blank for what separates words. */
  String text() {
    return text(html);
  }

  /** The text of each row of each table. */
  List<String> rows() {
    Matcher rows = ROW.matcher(HIDDEN.matcher(html).replaceAll(" "));
    return rows.results().map(row -> text(row.group())).toList();
  }

  private static String text(String html) {
    String visible = TAG.matcher(HIDDEN.matcher(html).replaceAll(" ")).replaceAll(" ");
    return BLANKS
        .matcher(visible)
        .replaceAll(" ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .strip();
  }
}
