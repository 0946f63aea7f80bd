package io.millrace.runtime.state;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.WrittenSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads tables of the form of {@link TableForm}, also those of older classes. Confined. */
public final class TableReader {
    private final KeyedBackendRequest request;
    private final TableSpec spec;

    /** Takes what a checkpoint has of a table, in an order that matters. */
    public interface Target {
        /** Nothing happens if there is no such row. */
        void remove(int keyGroup, Object key, Object namespace);

        /** Replaces what there was. */
        void value(int keyGroup, Object key, Object namespace, Object value);

        /** Replaces what there was. */
        void list(int keyGroup, Object key, Object namespace, List<Object> elements);

        /**
         * @param whole replaces what there was; else changes it
         * @param removed from what there was
         * @param entries values may be null
         */
        void map(
                int keyGroup,
                Object key,
                Object namespace,
                boolean whole,
                List<Object> removed,
                Map<Object, Object> entries);
    }

    /** The serializers that read one part. */
    private record Readers(
            Serializer<Object> keys,
            Serializer<Object> namespaces,
            Serializer<Object> mapKeys,
            Serializer<Object> values) {}

    public TableReader(KeyedBackendRequest request, TableSpec spec) {
        this.request = request;
        this.spec = spec;
    }

    /**
     * Shows the target what the parts have of this subtask's key groups. All parts are checked
     * before the target sees anything.
     *
     * @param parts of this table
     * @throws MillraceException {@code SCHEMA_INCOMPATIBLE}, {@code CHECKPOINT_FILE_CORRUPT}
     * @throws IOException from the file system
     */
    public void read(List<RestoredPart> parts, Target target) throws IOException {
        List<Readers> readers = new ArrayList<>();
        for (RestoredPart part : parts) {
            readers.add(readersOf(part.part()));
        }
        UnitReader units =
                new UnitReader(
                        where(),
                        request.firstKeyGroup(),
                        request.lastKeyGroup(),
                        request.segments());
        for (int i = 0; i < readers.size(); i++) {
            Readers own = readers.get(i);
            units.read(
                    parts.get(i).part(),
                    (keyGroup, removed, rows, in) ->
                            readUnit(keyGroup, removed, rows, in, own, target));
        }
    }

    private Readers readersOf(StatePart part) {
        if (!part.form().equals(TableForm.NAME)) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    where()
                            + " has the form "
                            + part.form()
                            + " in the checkpoint, and this back end reads "
                            + TableForm.NAME
                            + ". "
                            + (part.form().startsWith(TableForm.FAMILY)
                                    ? "It was written by a newer version."
                                    : "Restore with the back end that wrote it, take a savepoint"
                                            + " and start from that: every back end reads"
                                            + " savepoints."));
        }
        TableForm written;
        try {
            written = TableForm.parse(part.description());
        } catch (CorruptDataException e) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    where() + " has a description that cannot be read: " + e.getMessage(),
                    e);
        }
        if (written.shape() != spec.shape()) {
            throw incompatible(
                    "it was written as a table of the shape "
                            + written.shape()
                            + " and is one of "
                            + spec.shape()
                            + " now. Give the new state another name.",
                    null);
        }
        if ((written.namespaces() == null) != (spec.namespaces() == null)) {
            throw incompatible(
                    "it was written "
                            + (written.namespaces() == null ? "without" : "with")
                            + " namespaces and is used "
                            + (spec.namespaces() == null ? "without" : "with")
                            + " them now. Give the new state another name.",
                    null);
        }
        return new Readers(
                reader("key", written.keys(), request.keys()),
                reader("namespace", written.namespaces(), spec.namespaces()),
                reader("map key", written.mapKeys(), spec.mapKeys()),
                reader("value", written.values(), spec.values()));
    }

    private Serializer<Object> reader(String what, WrittenSchema written, Serializer<Object> now) {
        if (written == null) {
            return null;
        }
        try {
            return request.serializers().readerInto(written, now);
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.SCHEMA_INCOMPATIBLE) {
                throw e;
            }
            String prefix = e.code() + ": "; // said by the new exception too
            String why = e.getMessage();
            throw incompatible(
                    "its "
                            + what
                            + ": "
                            + (why.startsWith(prefix) ? why.substring(prefix.length()) : why),
                    e);
        }
    }

    private String where() {
        return "state '" + spec.name() + "' of operator " + request.operator();
    }

    private MillraceException incompatible(String why, Throwable cause) {
        return new MillraceException(ErrorCode.SCHEMA_INCOMPATIBLE, where() + ": " + why, cause);
    }

    private void readUnit(
            int keyGroup, int removed, int rows, BinaryReader in, Readers readers, Target target) {
        for (int i = 0; i < removed; i++) {
            Object namespace = readers.namespaces == null ? null : readers.namespaces.read(in);
            target.remove(keyGroup, keyIn(keyGroup, readers, in), namespace);
        }
        for (int i = 0; i < rows; i++) {
            Object namespace = readers.namespaces == null ? null : readers.namespaces.read(in);
            Object key = keyIn(keyGroup, readers, in);
            readContent(in, keyGroup, key, namespace, readers, target);
        }
    }

    private Object keyIn(int keyGroup, Readers readers, BinaryReader in) {
        Object key = readers.keys.read(in);
        int now = KeyGroups.group(KeyGroups.hash(key), request.maxParallelism());
        if (now != keyGroup) {
            throw incompatible(
                    "a key of the class "
                            + key.getClass().getName()
                            + " was written in key group "
                            + keyGroup
                            + " and belongs to "
                            + now
                            + " now, of "
                            + request.maxParallelism()
                            + ". The hash of a key must stay what it was: fields that are added to"
                            + " it must not be part of its hashCode.",
                    null);
        }
        return key;
    }

    private void readContent(
            BinaryReader in,
            int keyGroup,
            Object key,
            Object namespace,
            Readers readers,
            Target target) {
        switch (spec.shape()) {
            case VALUE -> target.value(keyGroup, key, namespace, readers.values.read(in));
            case LIST -> {
                int count = count(in);
                List<Object> elements = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    elements.add(readers.values.read(in));
                }
                target.list(keyGroup, key, namespace, elements);
            }
            case MAP -> {
                boolean whole = in.readByte() == 0;
                List<Object> removed = new ArrayList<>();
                for (int i = whole ? 0 : count(in); i > 0; i--) {
                    removed.add(readers.mapKeys.read(in));
                }
                int count = count(in);
                Map<Object, Object> entries = new LinkedHashMap<>();
                for (int i = 0; i < count; i++) {
                    Object mapKey = readers.mapKeys.read(in);
                    entries.put(mapKey, in.readBoolean() ? readers.values.read(in) : null);
                }
                target.map(keyGroup, key, namespace, whole, removed, entries);
            }
        }
    }

    private static int count(BinaryReader in) {
        int count = in.readInt();
        if (count < 0 || count > in.remaining()) {
            throw new CorruptDataException(
                    count + " elements with " + in.remaining() + " bytes left");
        }
        return count;
    }
}
