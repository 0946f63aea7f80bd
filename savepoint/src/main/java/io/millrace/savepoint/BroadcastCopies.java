package io.millrace.savepoint;

import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.Part;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tables of broadcast state of one operator that are there once more: each worker has written a
 * large one, and they are the same unless the program has broken the rule. Pure.
 */
final class BroadcastCopies {
    private BroadcastCopies() {}

    /**
     * Those of all workers but the one with the first subtask.
     *
     * @param uid of the operator
     */
    static List<Table> needless(String uid, List<TableShare> shares) {
        Map<TableIdentity, List<Table>> copies = new TreeMap<>();
        Map<TableIdentity, Set<String>> digests = new TreeMap<>();
        for (TableShare share : shares) {
            for (Operator operator : share.tables().operators()) {
                for (Table table : operator.tables()) {
                    if (operator.uid().equals(uid) && table.kind() == Kind.BROADCAST) {
                        copies.computeIfAbsent(TableIdentity.of(table), each -> new ArrayList<>())
                                .add(table);
                    }
                }
            }
            for (TableShare.Broadcast each : share.broadcasts()) {
                if (each.operator().equals(uid)) {
                    digests.computeIfAbsent(each.identity(), key -> new HashSet<>())
                            .add(each.digest());
                }
            }
        }
        List<Table> needless = new ArrayList<>();
        copies.forEach(
                (identity, tables) -> {
                    if (digests.getOrDefault(identity, Set.of()).size() == 1) {
                        tables.sort(Comparator.comparingInt(BroadcastCopies::firstSubtask));
                        needless.addAll(tables.subList(1, tables.size()));
                    }
                });
        return needless;
    }

    private static int firstSubtask(Table table) {
        return table.parts().stream().mapToInt(Part::subtask).min().orElse(Integer.MAX_VALUE);
    }

    /** Where they lie, relative to the savepoint. */
    static List<String> paths(List<Table> tables) {
        return tables.stream()
                .flatMap(table -> table.files().stream())
                .map(StoredTable::path)
                .toList();
    }
}
