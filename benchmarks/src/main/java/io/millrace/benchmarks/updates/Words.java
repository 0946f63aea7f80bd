package io.millrace.benchmarks.updates;

import java.util.Map;
import java.util.TreeMap;

/** Words of the form {@code key=value}. */
final class Words {
    private Words() {}

    static Map<String, String> of(String... words) {
        Map<String, String> pairs = new TreeMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                pairs.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return pairs;
    }
}
