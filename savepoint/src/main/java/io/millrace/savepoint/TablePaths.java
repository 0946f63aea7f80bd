package io.millrace.savepoint;

import io.millrace.savepoint.SavepointManifest.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where the files of a savepoint lie in its directory; the one place that knows. Pure.
 *
 * <pre>
 * _manifest.json
 * op=&lt;uid&gt;/state=&lt;name&gt;/kg=&lt;from&gt;-&lt;to&gt;.parquet            also timers=
 * op=&lt;uid&gt;/list=&lt;name&gt;/subtasks=&lt;from&gt;-&lt;to&gt;.parquet        also union=, broadcast=, channel=
 * op=&lt;uid&gt;/enumerator/all.parquet                            also committables
 * </pre>
 *
 * Bytes of names other than letters, digits, {@code _}, {@code -} and {@code .} are {@code %} and
 * two hexadecimal digits, as Hive writes them.
 */
final class TablePaths {
    static final String MANIFEST = "_manifest.json";
    static final String SUFFIX = ".parquet";

    private TablePaths() {}

    /**
     * @param number 1, or more if an operator has several tables of a kind and name
     */
    static String directory(String uid, Kind kind, String name, int number) {
        String directory =
                "op="
                        + escaped(uid)
                        + "/"
                        + switch (kind) {
                            case KEYED -> "state=" + escaped(name);
                            case TIMERS -> "timers=" + escaped(name);
                            case SPLIT_LIST -> "list=" + escaped(name);
                            case UNION_LIST -> "union=" + escaped(name);
                            case BROADCAST, CHANNEL ->
                                    kind.name().toLowerCase(Locale.ROOT) + "=" + escaped(name);
                            case ENUMERATOR, COMMITTABLES -> kind.name().toLowerCase(Locale.ROOT);
                        };
        return number == 1 ? directory : directory + "/schema=" + number;
    }

    static String keyGroups(String directory, int first, int last) {
        return directory + "/kg=" + first + "-" + last + SUFFIX;
    }

    static String subtasks(String directory, int first, int last) {
        return directory + "/subtasks=" + first + "-" + last + SUFFIX;
    }

    static String all(String directory) {
        return directory + "/all" + SUFFIX;
    }

    /** Whether a path of a manifest stays within its directory. */
    static boolean isWithin(String path) {
        if (path.startsWith("/") || !path.endsWith(SUFFIX) || path.contains(":")) {
            return false;
        }
        for (String part : path.split("/")) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    static String escaped(String name) {
        StringBuilder text = new StringBuilder();
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xFF);
            boolean plain =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || c == '_'
                            || c == '-'
                            || c == '.' && text.length() > 0;
            text.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return text.length() == 0 ? "__EMPTY__" : text.toString();
    }
}
