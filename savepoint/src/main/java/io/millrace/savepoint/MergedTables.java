package io.millrace.savepoint;

import io.millrace.api.file.Path;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.Part;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The tables of one operator, of which several have written files. Confined. */
final class MergedTables {
    private final TreeMap<TableIdentity, List<Table>> tables = new TreeMap<>();
    private final TableDirectories directories;

    /**
     * @param shared what each of them has written
     * @param others tables that the operator has besides
     */
    MergedTables(String uid, List<Table> shared, Collection<TableIdentity> others) {
        shared.forEach(this::add);
        Set<TableIdentity> all = new HashSet<>(tables.keySet());
        all.addAll(others);
        this.directories = new TableDirectories(uid, all);
    }

    private void add(Table table) {
        tables.computeIfAbsent(TableIdentity.of(table), each -> new ArrayList<>()).add(table);
    }

    Set<TableIdentity> identities() {
        return tables.keySet();
    }

    /**
     * Moves files so that each table has a directory of its own, also where one worker had another
     * set of tables of a kind and name than others.
     */
    /* A worker numbers its tables in the same order, but may lack some, so a number only ever grows. Moving
     * the highest first, no file is ever moved to where another one still lies. */
    void settle(TableTarget target) throws IOException {
        for (TableIdentity identity : tables.descendingKeySet()) {
            String directory = directories.of(identity);
            List<Table> settled = new ArrayList<>();
            for (Table table : tables.get(identity)) {
                List<StoredTable> files = new ArrayList<>();
                for (StoredTable file : table.files()) {
                    files.add(moved(file, directory, target));
                }
                settled.add(of(table, table.rows(), table.parts(), files));
            }
            tables.put(identity, settled);
        }
    }

    private static StoredTable moved(StoredTable file, String directory, TableTarget target)
            throws IOException {
        int slash = file.path().lastIndexOf('/');
        if (file.path().substring(0, slash).equals(directory)) {
            return file;
        }
        String path = directory + file.path().substring(slash);
        target.begun().add(path);
        target.files().mkdirs(new Path(target.directory(), directory));
        if (!target.files()
                .rename(
                        new Path(target.directory(), file.path()),
                        new Path(target.directory(), path))) {
            throw new IOException(file.path() + " cannot be renamed to " + path);
        }
        return new StoredTable(
                path,
                file.length(),
                file.crc32c(),
                file.tailOffset(),
                file.tailCrc32c(),
                file.rowGroups());
    }

    /**
     * One table for each identity.
     *
     * @param own with what was written besides
     */
    Operator with(Operator own) {
        own.tables().forEach(this::add);
        return new Operator(
                own.uid(),
                own.name(),
                own.parallelism(),
                own.maxParallelism(),
                own.finishedSubtasks(),
                tables.values().stream().map(MergedTables::merged).toList());
    }

    private static Table merged(List<Table> several) {
        if (several.size() == 1) {
            return several.get(0);
        }
        boolean keyed = several.get(0).parts() == null;
        List<StoredTable> files = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (Table table : several) {
            files.addAll(table.files()); // parts are in the order of files
            if (!keyed) {
                parts.addAll(table.parts());
            }
        }
        if (keyed) {
            files.sort(Comparator.comparingInt(MergedTables::firstKeyGroup));
        }
        long rows = several.stream().mapToLong(Table::rows).sum();
        return of(several.get(0), rows, keyed ? null : parts, files);
    }

    private static int firstKeyGroup(StoredTable file) {
        return file.rowGroups().isEmpty() ? 0 : file.rowGroups().get(0).firstKeyGroup();
    }

    private static Table of(Table like, long rows, List<Part> parts, List<StoredTable> files) {
        return new Table(
                like.kind(),
                like.name(),
                like.form(),
                like.description(),
                like.schema(),
                rows,
                like.warnings(),
                parts,
                files);
    }
}
