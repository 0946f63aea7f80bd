package io.millrace.compat.members;

import io.millrace.compat.rename.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rules that the mapping may lack: classes of Flink and ours with the same simple name. */
public final class RuleProposals {
    private RuleProposals() {}

    /**
     * @param ours public top-level classes, with dots
     * @return lines as the mapping has them, sorted by our package and Flink's name; where several
     *     of ours have the name, each is proposed
     */
    public static List<String> of(Mapping mapping, List<MemberList> lists, Iterable<String> ours) {
        Map<String, List<String>> bySimpleName = new TreeMap<>();
        for (String name : ours) {
            bySimpleName.computeIfAbsent(simpleName(name), key -> new ArrayList<>()).add(name);
        }
        Map<String, String> proposals = new TreeMap<>();
        for (MemberList list : lists) {
            for (FlinkClass each : list.classes()) {
                if (each.name().contains("$") || mapping.find(each.name()).isPresent()) {
                    continue;
                }
                for (String own : bySimpleName.getOrDefault(simpleName(each.name()), List.of())) {
                    proposals.put(
                            packageOf(own) + " " + each.name() + own, each.name() + " = " + own);
                }
            }
        }
        return List.copyOf(proposals.values());
    }

    private static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
