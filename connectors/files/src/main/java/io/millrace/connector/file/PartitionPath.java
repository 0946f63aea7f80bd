package io.millrace.connector.file;

import io.millrace.api.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Directories that are named by values, as Hive has them: {@code dt=2026-01-01/city=Berlin}.
 * Characters that paths or Hive give a meaning to are escaped as {@code %} and two digits. Pure.
 */
public final class PartitionPath {
    /** The directory of null and of the empty text. */
    public static final String DEFAULT_VALUE = "__HIVE_DEFAULT_PARTITION__";

    private static final String ESCAPED = "\"#%'*/:=?\\{}[]^";

    private PartitionPath() {}

    /** The name of a directory; the value may be null. */
    static String directory(String name, Object value) {
        String text = value == null ? "" : value.toString();
        return escape(name) + "=" + (text.isEmpty() ? DEFAULT_VALUE : escape(text));
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7F || ESCAPED.indexOf(c) >= 0) {
                escaped.append(String.format("%%%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int code = text.charAt(i) == '%' ? code(text, i + 1) : -1;
            if (code < 0) {
                plain.append(text.charAt(i));
            } else {
                plain.append((char) code);
                i += 2;
            }
        }
        return plain.toString();
    }

    /** The two digits at a place, or -1 if there are none. */
    private static int code(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /**
     * The values that the directories of a file are named by, outermost first; null for {@link
     * #DEFAULT_VALUE}. Unmodifiable.
     */
    public static Map<String, String> values(Path file) {
        Deque<String> directories = new ArrayDeque<>();
        for (Path each = file.getParent(); each != null; each = each.getParent()) {
            directories.push(each.getName());
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String directory : directories) {
            int equals = directory.indexOf('=');
            if (equals > 0) {
                String value = unescape(directory.substring(equals + 1));
                values.put(
                        unescape(directory.substring(0, equals)),
                        value.equals(DEFAULT_VALUE) ? null : value);
            }
        }
        return Collections.unmodifiableMap(values);
    }
}
