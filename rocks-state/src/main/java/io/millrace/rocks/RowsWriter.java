package io.millrace.rocks;

import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/**
 * Writes the rows of one table as units of {@link TableForm}: those of the database, with what it
 * lacked at the freeze. Confined to a snapshot thread.
 */
/* Of each key group the rows of the database come first. One that has changed is left out, or joined
 * with the change where that is only a part of it, as with lists and maps; what was not joined
 * follows in the end. So nothing has to be sorted. */
final class RowsWriter extends UnitWriter {
    private static final byte[] NOTHING = {};

    private final TableSpec.Shape shape;
    private final TableCodec codec;
    private final Parts parts;
    private final TableFreeze changes; // null if nobody has asked for the table
    private final boolean copiesKeys; // as bytes: the rows are of the serializers that write
    private final boolean copiesValues;
    private final int maxParallelism;
    private final int firstKeyGroup;
    private final int lastKeyGroup;

    /** The serializers that a row is written with again. Immutable. */
    record Parts(
            Serializer<Object> keys,
            Serializer<Object> namespaces,
            Serializer<Object> mapKeys,
            Serializer<Object> values) {
        static Parts of(TableSpec spec, Serializer<Object> keys) {
            return new Parts(keys, spec.namespaces(), spec.mapKeys(), spec.values());
        }

        TableCodec codec(int maxParallelism) {
            return new TableCodec(keys, namespaces, mapKeys, values, maxParallelism);
        }
    }

    /**
     * @param changesOrNull null if nobody has asked for the table
     */
    RowsWriter(
            StoredTable table,
            Database database,
            Parts parts,
            TableFreeze changesOrNull,
            int maxParallelism,
            int firstKeyGroup,
            int lastKeyGroup) {
        super(table, database);
        this.shape = table.form().shape();
        this.parts = parts;
        this.codec = parts.codec(maxParallelism);
        this.changes = changesOrNull;
        this.copiesKeys = changesOrNull != null && codec.plainKeys();
        this.copiesValues = changesOrNull != null && codec.plainValues();
        this.maxParallelism = maxParallelism;
        this.firstKeyGroup = firstKeyGroup;
        this.lastKeyGroup = lastKeyGroup;
    }

    /**
     * @param snapshot of the database, without what was changed by then
     */
    StatePart writeTo(SegmentOutput out, Snapshot snapshot) throws IOException {
        try (ReadOptions how = new ReadOptions().setSnapshot(snapshot).setFillCache(false)) {
            return writeTo(out, how, firstKeyGroup, lastKeyGroup, codec.form(shape).toBytes());
        }
    }

    /** Lets go of what has changed; what is written then is of no use. Any thread. */
    void abandon() {
        if (changes != null) {
            changes.abandon();
        }
    }

    @Override
    void writeRows(RowCursor rows) throws IOException {
        if (changes == null) {
            super.writeRows(rows);
            return;
        }
        ChangedRows changed =
                ChangedRows.of(
                        changes,
                        parts.namespaces != null,
                        firstKeyGroup,
                        lastKeyGroup,
                        maxParallelism);
        for (int group = firstKeyGroup; group <= lastKeyGroup; group++) {
            ChangedRows.Group some = changed.take(group);
            while (rows.atRow() && rows.group() <= group) {
                if (some == null) {
                    writeRow(rows);
                } else {
                    joinRow(rows, some);
                }
            }
            if (some != null) {
                writeChanged(group, some);
            }
        }
        super.writeRows(rows);
    }

    /**
     * Writes what the database has of a key and namespace, unless it is written with what has
     * changed in the end.
     */
    private void joinRow(RowCursor rows, ChangedRows.Group changed) throws IOException {
        BinaryReader in = rows.key();
        int from = in.position();
        Object key = codec.readKey(in);
        int middle = in.position();
        Object namespace = codec.readNamespace(in);
        int at = changed.find(key, namespace);
        if (at == ChangedRows.Group.NOT_FOUND) {
            BinaryWriter out = beginRow(rows.group());
            if (copiesKeys) {
                copyKey(in, from, middle, out);
            } else {
                writeKey(key, namespace, out);
            }
            writeContent(rows, in.position(), out);
            return;
        }
        switch (shape) {
            case VALUE -> rows.next();
            case LIST -> {
                RocksListTable.Change change = (RocksListTable.Change) changed.change(at);
                if (!change.replaces()) {
                    BinaryWriter out = beginRow(changed, at, rows.group());
                    writeList(rows.value(), change.elements(), out);
                    changed.setDone(at);
                }
                rows.next();
            }
            case MAP -> joinMap(rows, rows.prefix(in.position()), changed, at);
        }
    }

    /** Writes a map that both have, if anything of the database is left of it. */
    private void joinMap(RowCursor rows, byte[] prefix, ChangedRows.Group changed, int at)
            throws IOException {
        RocksMapTable.Change change = (RocksMapTable.Change) changed.change(at);
        Set<ByteBuffer> hidden = new HashSet<>();
        for (Object mapKey : change.mapKeys()) {
            hidden.add(ByteBuffer.wrap(codec.mapKeyBytes(mapKey)));
        }
        int group = rows.group();
        BinaryWriter out = null;
        int countAt = 0;
        int count = 0;
        for (; rows.isAt(prefix); rows.next()) {
            BinaryReader mapKey = rows.keyFrom(prefix.length);
            if (change.from() != null
                    || hidden.contains(
                            ByteBuffer.wrap(
                                    mapKey.array(), mapKey.position(), mapKey.remaining()))) {
                continue;
            }
            if (out == null) {
                out = beginRow(changed, at, group);
                out.writeByte(0);
                countAt = out.size();
                out.writeInt(0);
            }
            copyEntry(rows, prefix.length, out);
            count++;
        }
        if (out != null) {
            out.putInt(countAt, count + writeEntries(change, out));
            changed.setDone(at);
        }
    }

    /** Begins a row with its namespace, if there is one, and key. */
    private BinaryWriter beginRow(ChangedRows.Group changed, int at, int group) throws IOException {
        BinaryWriter out = beginRow(group);
        writeKey(changed.key(at), changed.namespaceOrNull(at), out);
        return out;
    }

    private void writeKey(Object key, Object namespaceOrNull, BinaryWriter out) {
        if (parts.namespaces != null) {
            parts.namespaces.write(namespaceOrNull, out);
        }
        parts.keys.write(key, out);
    }

    /** Writes what has changed and is not done yet, but for what is gone. */
    private void writeChanged(int group, ChangedRows.Group changed) throws IOException {
        Serializer<Object> values = shape == TableSpec.Shape.VALUE ? parts.values : null;
        for (int at = 0; at < changed.size(); at++) {
            changed.next(at, values);
            if (!changed.isDone(at)) {
                writeChanged(group, changed, at);
            }
        }
    }

    private void writeChanged(int group, ChangedRows.Group changed, int at) throws IOException {
        Object content = changed.change(at);
        switch (shape) {
            case VALUE -> {
                if (content != null) {
                    parts.values.write(content, beginRow(changed, at, group));
                }
            }
            case LIST -> {
                Object[] elements = ((RocksListTable.Change) content).elements();
                if (elements.length > 0) {
                    writeList(new BinaryReader(NOTHING), elements, beginRow(changed, at, group));
                }
            }
            case MAP -> {
                RocksMapTable.Change change = (RocksMapTable.Change) content;
                if (hasEntries(change)) {
                    BinaryWriter out = beginRow(changed, at, group);
                    out.writeByte(0);
                    int countAt = out.size();
                    out.writeInt(0);
                    out.putInt(countAt, writeEntries(change, out));
                }
            }
        }
    }

    private void writeList(BinaryReader stored, Object[] more, BinaryWriter out) {
        int countAt = out.size();
        out.writeInt(0);
        int count = copyElements(stored, out);
        for (Object element : more) {
            parts.values.write(element, out);
        }
        out.putInt(countAt, count + more.length);
    }

    private static boolean hasEntries(RocksMapTable.Change change) {
        for (Object value : change.values()) {
            if (value != RocksMapTable.REMOVED) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many there are. */
    private int writeEntries(RocksMapTable.Change change, BinaryWriter out) {
        int count = 0;
        for (int i = 0; i < change.mapKeys().length; i++) {
            Object value = change.values()[i];
            if (value != RocksMapTable.REMOVED) {
                parts.mapKeys.write(change.mapKeys()[i], out);
                out.writeBoolean(value != null);
                if (value != null) {
                    parts.values.write(value, out);
                }
                count++;
            }
        }
        return count;
    }

    private static void copyRest(BinaryReader from, BinaryWriter out) {
        out.writeBytes(from.array(), from.position(), from.remaining());
        from.skip(from.remaining());
    }

    /** What a unit shares belongs to its writer. */
    @Override
    void beginUnit() {}

    @Override
    void copyKey(BinaryReader row, BinaryWriter out) {
        if (copiesKeys && parts.namespaces == null && parts.mapKeys == null) {
            copyRest(row, out);
            return;
        }
        int from = row.position();
        Object key = codec.readKey(row);
        int middle = row.position();
        Object namespace = codec.readNamespace(row);
        if (copiesKeys) {
            copyKey(row, from, middle, out);
        } else {
            writeKey(key, namespace, out);
        }
    }

    /** Copies a key and, which goes in front, the namespace behind it that was just read. */
    private static void copyKey(BinaryReader read, int from, int middle, BinaryWriter out) {
        out.writeBytes(read.array(), middle, read.position() - middle);
        out.writeBytes(read.array(), from, middle - from);
    }

    @Override
    void copyMapKey(BinaryReader mapKey, BinaryWriter out) {
        if (copiesKeys) {
            copyRest(mapKey, out);
            return;
        }
        parts.mapKeys.write(codec.readMapKey(mapKey), out);
    }

    @Override
    void copyValue(BinaryReader value, BinaryWriter out) {
        if (copiesValues && shape == TableSpec.Shape.VALUE) {
            copyRest(value, out);
            return;
        }
        parts.values.write(codec.readValue(value), out);
    }

    @Override
    int copyElements(BinaryReader value, BinaryWriter out) {
        if (!copiesValues) {
            return super.copyElements(value, out);
        }
        int from = value.position();
        int count = 0;
        for (; value.remaining() > 0; count++) {
            codec.readValue(value);
        }
        out.writeBytes(value.array(), from, value.position() - from);
        return count;
    }

    @Override
    void copyValueOrNull(BinaryReader value, BinaryWriter out) {
        if (copiesValues) {
            copyRest(value, out);
            return;
        }
        Object read = codec.readValueOrNull(value);
        out.writeBoolean(read != null);
        if (read != null) {
            parts.values.write(read, out);
        }
    }
}
