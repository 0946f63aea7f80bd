package io.millrace.runtime.time;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.WrittenSchema;
import io.millrace.runtime.state.UnitReader;
import java.io.IOException;

/**
 * How timers lie in a checkpoint, in the form {@value #NAME}: in units, as tables do.
 *
 * <pre>
 * description := 1, schema of keys, has namespaces, [schema of namespaces]
 * row         := domain (0 event time, 1 processing time), timestamp (long), [namespace], key
 * removed     := row
 * </pre>
 *
 * Confined.
 */
final class TimersForm {
    static final String NAME = "timers/1";
    static final int VERSION = 1;
    private static final int FIRST_BYTES = 256;

    /** Takes what a checkpoint has of timers, in an order that matters. */
    interface Target {
        void timer(TimeDomain domain, long timestampMs, Object key, Object namespace);

        /** One that was shown before is gone. */
        void removed(TimeDomain domain, long timestampMs, Object key, Object namespace);
    }

    private TimersForm() {}

    static byte[] description(TimersSetup setup) {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        out.writeByte(VERSION);
        out.writeByteArray(WrittenSchema.of(setup.keys()).toBytes());
        out.writeBoolean(setup.namespaces() != null);
        if (setup.namespaces() != null) {
            out.writeByteArray(WrittenSchema.of(setup.namespaces()).toBytes());
        }
        return out.toByteArray();
    }

    static void writeRow(
            TimersSetup setup,
            TimeDomain domain,
            long timestampMs,
            Object key,
            Object namespace,
            BinaryWriter out) {
        out.writeByte(domain == TimeDomain.EVENT_TIME ? 0 : 1);
        out.writeLong(timestampMs);
        if (setup.namespaces() != null) {
            setup.namespaces().write(namespace, out);
        }
        setup.keys().write(key, out);
    }

    /**
     * Shows the timers of the subtask's key groups.
     *
     * @throws MillraceException {@code SCHEMA_INCOMPATIBLE}, {@code CHECKPOINT_INCOMPATIBLE},
     *     {@code CHECKPOINT_FILE_CORRUPT}
     * @throws IOException from the file system
     */
    static void read(TimersSetup setup, StatePart part, Target target) throws IOException {
        String where = "timers '" + setup.name() + "' of operator " + setup.operator();
        if (!part.form().equals(NAME)) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    where
                            + " have the form "
                            + part.form()
                            + " in the checkpoint, and this version reads "
                            + NAME
                            + ".");
        }
        Serializer<Object> keys;
        Serializer<Object> namespaces;
        try {
            BinaryReader in = new BinaryReader(part.description());
            int version = in.readByte();
            if (version != VERSION) {
                throw new CorruptDataException("version " + version + " of timers");
            }
            keys = reader(where + ": its key", in, setup.keys(), setup);
            boolean written = in.readBoolean();
            if (written != (setup.namespaces() != null)) {
                throw new MillraceException(
                        ErrorCode.SCHEMA_INCOMPATIBLE,
                        where
                                + " were written "
                                + (written ? "with" : "without")
                                + " namespaces. Give the new timers another name.");
            }
            namespaces =
                    written
                            ? reader(where + ": its namespace", in, setup.namespaces(), setup)
                            : null;
        } catch (CorruptDataException e) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    where + " have a description that cannot be read: " + e.getMessage(),
                    e);
        }
        new UnitReader(where, setup.firstKeyGroup(), setup.lastKeyGroup(), setup.segments())
                .read(
                        part,
                        (keyGroup, removed, rows, in) -> {
                            for (int i = 0; i < removed + rows; i++) {
                                boolean gone = i < removed;
                                readRow(where, setup, keyGroup, keys, namespaces, gone, in, target);
                            }
                        });
    }

    private static Serializer<Object> reader(
            String what, BinaryReader in, Serializer<Object> now, TimersSetup setup) {
        WrittenSchema written = WrittenSchema.parse(in.readByteArray());
        try {
            return setup.serializers().readerInto(written, now);
        } catch (MillraceException e) {
            throw new MillraceException(e.code(), what + ": " + e.getMessage(), e);
        }
    }

    private static void readRow(
            String where,
            TimersSetup setup,
            int keyGroup,
            Serializer<Object> keys,
            Serializer<Object> namespaces,
            boolean gone,
            BinaryReader in,
            Target target) {
        int number = in.readByte();
        if (number != 0 && number != 1) {
            throw new CorruptDataException("a timer of domain " + number);
        }
        TimeDomain domain = number == 0 ? TimeDomain.EVENT_TIME : TimeDomain.PROCESSING_TIME;
        long timestampMs = in.readLong();
        Object namespace = namespaces == null ? null : namespaces.read(in);
        Object key = keys.read(in);
        int now = KeyGroups.group(KeyGroups.hash(key), setup.maxParallelism());
        if (now != keyGroup) {
            throw new MillraceException(
                    ErrorCode.SCHEMA_INCOMPATIBLE,
                    where
                            + ": a key of the class "
                            + key.getClass().getName()
                            + " was written in key group "
                            + keyGroup
                            + " and belongs to "
                            + now
                            + " now. The hash of a key must stay what it was.");
        }
        if (gone) {
            target.removed(domain, timestampMs, key, namespace);
        } else {
            target.timer(domain, timestampMs, key, namespace);
        }
    }
}
