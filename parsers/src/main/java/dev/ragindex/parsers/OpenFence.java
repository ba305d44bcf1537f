package dev.ragindex.parsers;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;

/**
 * Code fences that somebody forgot to close. CommonMark lets one run to the end of the document, or
 * to the end of the next block of code: a single line turns the chapters behind it into code, and
 * changes every chunk of them. Here such a fence ends before the first heading in it: a line that
 * starts with two number signs or more, or with one, which starts a comment in many languages, if
 * it stands between blank lines.
 *
 * <p>A fence counts as forgotten if no fence closes it, or if it holds the start of another block
 * of code ({@code ```java}). Fences within lists and quotes end with those.
 */
final class OpenFence {

  private static final Pattern HEADING = Pattern.compile(" {0,3}#(#{0,5})[ \\t]+\\S.*");
  private static final Pattern OPENING =
      Pattern.compile("[ \\t]*(`{3,}|~{3,})[ \\t]*[^`~\\s][^`]*");

  private final String text;
  private final FencedCodeBlock code;
  private final List<SourceSpan> lines;

  private OpenFence(String text, FencedCodeBlock code) {
    this.text = text;
    this.code = code;
    this.lines = code.getSourceSpans();
  }

  /**
   * Offset of the heading that ends the first forgotten fence.
   *
   * @param text Markdown
   * @param document its tree
   * @return the text's length if there is none
   */
  static int end(String text, Node document) {
    int end = text.length();
    for (Node node = document.getFirstChild();
        node != null && end == text.length();
        node = node.getNext()) {
      end = node instanceof FencedCodeBlock code ? new OpenFence(text, code).end() : end;
    }
    return end;
  }

  private int end() {
    boolean forgotten = code.getClosingFenceLength() == null;
    int heading = 0;
    for (int i = 1; i < lines.size() && !(forgotten && heading > 0); i++) {
      forgotten = forgotten || isOpening(line(i));
      heading = heading == 0 && isHeading(i) ? i : heading;
    }
    return forgotten && heading > 0 ? lines.get(heading).getInputIndex() : text.length();
  }

  /** Whether a line would start a block of code, and its fence is none of the code around it. */
  private boolean isOpening(String line) {
    Matcher opening = OPENING.matcher(line);
    return opening.matches()
        && opening.group(1).startsWith(code.getFenceCharacter())
        && opening.group(1).length() >= code.getOpeningFenceLength();
  }

  private boolean isHeading(int at) {
    Matcher heading = HEADING.matcher(line(at));
    return heading.matches()
        && (!heading.group(1).isEmpty() || (isBlankBefore(at) && isBlankBefore(at + 1)));
  }

  /** Whether a blank line, which has no span, or the fence stands before a line. */
  private boolean isBlankBefore(int at) {
    return at == lines.size()
        || lines.get(at).getLineIndex() - lines.get(at - 1).getLineIndex() > 1
        || at == 1
        || line(at - 1).isBlank();
  }

  private String line(int at) {
    SourceSpan span = lines.get(at);
    return text.substring(span.getInputIndex(), span.getInputIndex() + span.getLength());
  }
}
