package io.millrace.compat.source;

import io.millrace.compat.members.FlinkClass;
import io.millrace.compat.members.MemberList;
import io.millrace.compat.rename.Mapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The names of the mapping as sources write them: nested classes with a dot. Immutable. */
final class SourceNames {
    private final Map<String, String> rules = new TreeMap<>();
    private final Map<String, String> areas = new HashMap<>();

    /**
     * @param lists to say where a class without a rule belongs
     */
    SourceNames(Mapping mapping, List<MemberList> lists) {
        mapping.rules().forEach((from, to) -> rules.put(dots(from), dots(to)));
        for (MemberList list : lists) {
            for (FlinkClass each : list.classes()) {
                areas.put(dots(each.name()), list.area());
            }
        }
    }

    private static String dots(String name) {
        return name.replace('$', '.');
    }

    /**
     * @param name a class, or a member of one behind a dot, with its package
     * @return nothing if no rule speaks of the class
     */
    Optional<String> map(String name) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
            String to = rules.get(name.substring(0, end));
            if (to != null) {
                return Optional.of(to + name.substring(end));
            }
        }
        return Optional.empty();
    }

    /** The rules for top-level classes of a package: simple name and new name. */
    Map<String, String> rulesIn(String packageName) {
        Map<String, String> found = new TreeMap<>();
        rules.forEach(
                (from, to) -> {
                    if (packageName(from).equals(packageName)) {
                        found.put(simpleName(from), to);
                    }
                });
        return found;
    }

    /** Simple names of top-level classes of a package that have no rule. */
    List<String> unmappedIn(String packageName) {
        return areas.keySet().stream()
                .filter(name -> packageName(name).equals(packageName) && !rules.containsKey(name))
                .map(SourceNames::simpleName)
                .sorted()
                .toList();
    }

    /** The area of a class that is on Flink's lists, found also for members and nested classes. */
    Optional<String> area(String name) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
            String area = areas.get(name.substring(0, end));
            if (area != null) {
                return Optional.of(area);
            }
        }
        return Optional.empty();
    }

    static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String packageName(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
