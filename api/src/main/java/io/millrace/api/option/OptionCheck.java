package io.millrace.api.option;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells unknown keys and bad values from good ones, by the catalogues of all modules. Immutable.
 */
public final class OptionCheck {
    /** Farther apart, two keys do not mean the same. */
    private static final int MAX_DISTANCE = 6;

    private final Map<String, Option<?>> known = new TreeMap<>();
    private final Map<String, Option<?>> formerNames = new TreeMap<>();
    private final Collection<String> prefixes = new TreeSet<>();

    private OptionCheck(Iterable<OptionCatalogue> catalogues) {
        for (OptionCatalogue catalogue : catalogues) {
            for (Option<?> option : catalogue.options()) {
                known.put(option.key(), option);
                option.formerKeys().forEach(former -> formerNames.put(former, option));
            }
            prefixes.addAll(catalogue.prefixes());
        }
    }

    /** By the catalogues that the engine's class loader finds. */
    public static OptionCheck ofEngine(ClassLoader engine) {
        return new OptionCheck(ServiceLoader.load(OptionCatalogue.class, engine));
    }

    public static OptionCheck of(Collection<OptionCatalogue> catalogues) {
        return new OptionCheck(catalogues);
    }

    /** By key; for the reference page. */
    public Map<String, Option<?>> known() {
        return new TreeMap<>(known);
    }

    /**
     * Checks every key and value.
     *
     * @throws MillraceException {@code UNKNOWN_OPTION} naming the nearest known key, {@code
     *     INVALID_OPTION} naming value, type and range
     */
    public void check(Config config) {
        config.toMap()
                .forEach(
                        (key, value) -> {
                            Option<?> option = known.getOrDefault(key, formerNames.get(key));
                            if (option != null) {
                                option.parse(value);
                            } else if (prefixes.stream().noneMatch(key::startsWith)) {
                                throw unknown(key);
                            }
                        });
    }

    /** What is set and changes nothing, by key. */
    public Map<String, Option<?>> idle(Config config) {
        Map<String, Option<?>> idle = new TreeMap<>();
        config.toMap()
                .keySet()
                .forEach(
                        key -> {
                            Option<?> option = known.getOrDefault(key, formerNames.get(key));
                            if (option != null && option.isIdle()) {
                                idle.put(key, option);
                            }
                        });
        return idle;
    }

    private MillraceException unknown(String key) {
        return new MillraceException(
                ErrorCode.UNKNOWN_OPTION,
                "there is no option '"
                        + key
                        + "'."
                        + nearest(key).map(near -> " Did you mean '" + near + "'?").orElse("")
                        + " 'millrace options' lists all of them.");
    }

    /** The known key with the fewest differing letters, if it is near enough to be meant. */
    Optional<String> nearest(String key) {
        String best = null;
        int bestDistance = Math.min(MAX_DISTANCE, key.length() / 2) + 1;
        for (String candidate : known.keySet()) {
            int distance = distance(key, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Letters to insert, delete or replace (Levenshtein), one row of the table at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
