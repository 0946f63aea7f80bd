package io.millrace.api.text;

import io.millrace.api.type.StringValue;
import java.io.Serializable;

/** Changes text in place. Pure, but for its arguments. */
public final class StringValueUtils {
    private StringValueUtils() {}

    /** Letter by letter, whatever the language. */
    public static void toLowerCase(StringValue string) {
        char[] chars = string.getValue().toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] = Character.toLowerCase(chars[i]);
        }
        string.setValue(new String(chars));
    }

    /** Replaces what is neither a letter nor a digit nor an underscore. */
    public static void replaceNonWordChars(StringValue string, char replacement) {
        char[] chars = string.getValue().toCharArray();
        for (int i = 0; i < chars.length; i++) {
            char c = chars[i];
            boolean word = Character.isLetter(c) || Character.isDigit(c) || c == '_';
            chars[i] = word ? c : replacement;
        }
        string.setValue(new String(chars));
    }

    /** Cuts text into words at white space. Confined to its user. */
    public static final class WhitespaceTokenizer implements Serializable {
        private static final long serialVersionUID = 1L;

        private String text = "";
        private int position;

        public void setStringToTokenize(StringValue string) {
            this.text = string.getValue();
            this.position = 0;
        }

        /**
         * @param target gets the next word
         * @return false if there is none
         */
        public boolean next(StringValue target) {
            int from = position;
            while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
                from++;
            }
            int to = from;
            while (to < text.length() && !Character.isWhitespace(text.charAt(to))) {
                to++;
            }
            position = to;
            if (from == to) {
                return false;
            }
            target.setValue(text.substring(from, to));
            return true;
        }
    }
}
