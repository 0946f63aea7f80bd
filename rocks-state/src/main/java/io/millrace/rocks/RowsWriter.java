package io.millrace.rocks;

import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSpec;
import java.io.IOException;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/** Writes the rows of one table as units of {@link TableForm}. Confined to a snapshot thread. */
final class RowsWriter extends UnitWriter {
    private final TableCodec codec;
    private final Parts parts;
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

    RowsWriter(
            StoredTable table,
            Database database,
            Parts parts,
            int maxParallelism,
            int firstKeyGroup,
            int lastKeyGroup) {
        super(table, database);
        this.parts = parts;
        this.codec = parts.codec(maxParallelism);
        this.firstKeyGroup = firstKeyGroup;
        this.lastKeyGroup = lastKeyGroup;
    }

    StatePart writeTo(SegmentOutput out, Snapshot snapshot) throws IOException {
        try (ReadOptions how = new ReadOptions().setSnapshot(snapshot).setFillCache(false)) {
            return writeTo(
                    out,
                    how,
                    firstKeyGroup,
                    lastKeyGroup,
                    codec.form(table().form().shape()).toBytes());
        }
    }

    /** What a unit shares belongs to its writer. */
    @Override
    void beginUnit() {}

    @Override
    void copyKey(BinaryReader row, BinaryWriter out) {
        Object key = codec.readKey(row);
        Object namespace = codec.readNamespace(row);
        if (namespace != null) {
            parts.namespaces.write(namespace, out);
        }
        parts.keys.write(key, out);
    }

    @Override
    void copyMapKey(BinaryReader mapKey, BinaryWriter out) {
        parts.mapKeys.write(codec.readMapKey(mapKey), out);
    }

    @Override
    void copyValue(BinaryReader value, BinaryWriter out) {
        parts.values.write(codec.readValue(value), out);
    }

    @Override
    void copyValueOrNull(BinaryReader value, BinaryWriter out) {
        Object read = codec.readValueOrNull(value);
        out.writeBoolean(read != null);
        if (read != null) {
            parts.values.write(read, out);
        }
    }
}
