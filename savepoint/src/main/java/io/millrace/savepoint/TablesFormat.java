package io.millrace.savepoint;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavepointFormat;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.savepoint.catalogue.Disposal;
import io.millrace.savepoint.catalogue.Removal;
import java.util.Collection;
import java.util.List;

/** Lets jobs start from savepoints of tables. Found by the service loader. */
public final class TablesFormat implements SavepointFormat {
    private final SavepointSegments segments = new SavepointSegments();

    @Override
    public boolean isAt(Path path) {
        return TableSavepoint.isAt(path);
    }

    @Override
    public Manifest read(Path path) {
        return TableSavepoint.open(path).toCheckpoint();
    }

    @Override
    public void release(Path path, Collection<Path> roots) {
        // The command line names the manifest.
        Path directory = TableSavepoint.directoryOf(path);
        Disposal.of(directory, List.copyOf(roots)).requireFree(directory);
        Removal.ofTables(directory);
    }

    @Override
    public boolean holds(String file) {
        return SavepointSegments.isName(file);
    }

    @Override
    public SegmentSource segments() {
        return segments;
    }
}
