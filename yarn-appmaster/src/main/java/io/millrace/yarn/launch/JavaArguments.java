package io.millrace.yarn.launch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a Java argument file ({@code java @file}): one quoted argument a line. Only the Java
 * launcher reads it, no shell does. Pure.
 */
public final class JavaArguments {
    private JavaArguments() {}

    /**
     * @throws MillraceException {@code INVALID_OPTION} if an argument holds a control character
     */
    public static String file(List<String> arguments) {
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            if (argument.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new MillraceException(
                        ErrorCode.INVALID_OPTION,
                        "the JVM option '"
                                + argument.replaceAll("\\p{Cntrl}", "?")
                                + "' holds a control character. Remove it.");
            }
            text.append('"')
                    .append(argument.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"\n");
        }
        return text.toString();
    }

    /** Splits an option's text at blanks; single or double quotes keep blanks. */
    public static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == ' ') {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "the JVM options '" + text + "' open a quote that they do not close.");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
