package io.millrace.compat.source;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java source with its comments and literals told apart. Not a parser: it knows where comments,
 * strings, text blocks and characters begin and end, which is all that renaming needs. Immutable.
 */
final class JavaText {
    private static final Pattern COMMENT_OR_LITERAL =
            Pattern.compile(
                    "//[^\\n]*"
                            + "|/\\*.*?(?:\\*/|\\z)"
                            + "|\"\"\"(?:\\\\.|.)*?\"\"\""
                            + "|\"(?:\\\\.|[^\"\\\\\\n])*\""
                            + "|'(?:\\\\.|[^'\\\\\\n])*'",
                    Pattern.DOTALL);

    private final String text;
    private final BitSet comment = new BitSet();
    private final BitSet literal = new BitSet();

    JavaText(String text) {
        this.text = text;
        Matcher found = COMMENT_OR_LITERAL.matcher(text);
        while (found.find()) {
            boolean isComment = found.group().startsWith("/");
            (isComment ? comment : literal).set(found.start(), found.end());
        }
    }

    boolean isComment(int position) {
        return comment.get(position);
    }

    /** Neither in a comment nor in a literal. */
    boolean isCode(int position) {
        return !comment.get(position) && !literal.get(position);
    }

    /** Whether the identifier stands in the code. */
    boolean mentions(String identifier) {
        Matcher found = word(identifier).matcher(text);
        while (found.find()) {
            if (isCode(found.start())) {
                return true;
            }
        }
        return false;
    }

    /** The text with an identifier of the code replaced, but not where it follows a dot. */
    String replaceWord(String identifier, String by) {
        Matcher found = word(identifier).matcher(text);
        StringBuilder out = new StringBuilder();
        while (found.find()) {
            boolean qualified = found.start() > 0 && text.charAt(found.start() - 1) == '.';
            boolean replaced = isCode(found.start()) && !qualified;
            found.appendReplacement(out, Matcher.quoteReplacement(replaced ? by : found.group()));
        }
        return found.appendTail(out).toString();
    }

    private static Pattern word(String identifier) {
        return Pattern.compile("(?<![\\w$])" + Pattern.quote(identifier) + "(?![\\w$])");
    }

    /** Counted from 1. */
    int lineOf(int position) {
        return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
    }
}
