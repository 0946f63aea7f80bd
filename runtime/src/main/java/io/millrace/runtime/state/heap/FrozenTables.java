package io.millrace.runtime.state.heap;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.state.PieceChain;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSegments;
import io.millrace.runtime.state.UnclaimedParts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All tables of a back end as they were at a freeze. Made by the task, written by a snapshot
 * thread, closed by any.
 */
final class FrozenTables implements FrozenState {
    private final Versions versions;
    private final int version;
    private final CheckpointKind kind;
    private final int firstKeyGroup;
    private final int lastKeyGroup;
    private final UnclaimedParts.Frozen unclaimed;
    private final Consumer<StoredTables> onWritten;
    // Let go of when closed, by any thread; the one that writes has its own reference.
    private volatile List<FrozenTable> tables;

    /**
     * @param onWritten told, on the snapshot thread, what later checkpoints may refer to if this
     *     one is complete
     */
    FrozenTables(
            Versions versions,
            int version,
            CheckpointKind kind,
            int firstKeyGroup,
            int lastKeyGroup,
            List<FrozenTable> tables,
            UnclaimedParts.Frozen unclaimed,
            Consumer<StoredTables> onWritten) {
        this.versions = versions;
        this.version = version;
        this.kind = kind;
        this.firstKeyGroup = firstKeyGroup;
        this.lastKeyGroup = lastKeyGroup;
        this.tables = List.copyOf(tables);
        this.unclaimed = unclaimed;
        this.onWritten = onWritten;
    }

    @Override
    public List<StatePart> writeTo(SegmentOutput out) throws IOException {
        List<FrozenTable> frozen = tables;
        if (frozen == null) {
            throw new IllegalStateException("freeze " + version + " is closed");
        }
        List<StatePart> parts = new ArrayList<>();
        Map<String, StoredTable> written = new HashMap<>();
        for (FrozenTable table : frozen) {
            StatePart part =
                    new StatePart(
                            StatePart.Kind.KEYED,
                            table.spec().name(),
                            TableForm.NAME,
                            firstKeyGroup,
                            lastKeyGroup,
                            0,
                            TableForm.of(table.spec(), table.keys()).toBytes(),
                            List.of());
            PieceChain stored = write(table, part, out);
            written.put(table.spec().name(), new StoredTable(stored, version));
            parts.add(part.withPieces(stored.pieces()));
        }
        parts.addAll(unclaimed.writeTo(out));
        if (kind == CheckpointKind.INCREMENTAL) {
            onWritten.accept(new StoredTables(version, written));
        }
        return parts;
    }

    private static PieceChain write(FrozenTable table, StatePart part, SegmentOutput out)
            throws IOException {
        boolean whole = table.stored() == null;
        TableSegments segments = whole ? new TableSegments(out, part) : new TableSegments(out);
        table.writeTo(segments);
        List<Piece> pieces = segments.finish();
        return whole
                ? PieceChain.whole(pieces, segments.bytes())
                : table.stored().and(pieces, segments.bytes());
    }

    @Override
    public void close() {
        tables = null;
        versions.close(version);
    }
}
