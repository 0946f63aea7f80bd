package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.Written;
import io.millrace.runtime.time.TimerRows;
import java.io.IOException;
import java.util.List;

/** Rows of timers. Immutable. */
final class TimersCodec extends KeyedForm {
    static final List<String> DOMAINS = List.of("EVENT_TIME", "PROCESSING_TIME");
    private static final int FIRST_BYTES = 64;

    private final TimerRows form;
    private final PlainValues keys;
    private final PlainValues namespaces;

    /** When a timer fires. */
    private record At(int domain, long timestampMs) {}

    TimersCodec(TimerRows form) {
        this.form = form;
        this.keys = PlainValues.of(form.keys().root());
        this.namespaces =
                form.namespaces() == null ? null : PlainValues.of(form.namespaces().root());
    }

    @Override
    Written keyForm() {
        return form.keys().root();
    }

    @Override
    TableLayout layout() {
        return TableLayout.timers(form.keys(), form.namespaces());
    }

    @Override
    KeyRow read(BinaryReader in, PlainStructures structures) {
        int start = in.position();
        At at = new At(domain(in), in.readLong());
        Object namespace = namespaces == null ? null : namespaces.read(in, structures);
        Object key = keys.read(in, structures);
        return new KeyRow(namespace, key, at, false, List.of(), in.position() - start);
    }

    private static int domain(BinaryReader in) {
        int domain = in.readByte();
        if (domain < 0 || domain >= DOMAINS.size()) {
            throw new CorruptDataException("a timer of domain " + domain);
        }
        return domain;
    }

    @Override
    KeyRow readRemoved(BinaryReader in, PlainStructures structures) {
        return read(in, structures);
    }

    @Override
    byte[] identity(KeyRow row) {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        write((At) row.content(), row.namespace(), row.key(), out, new PlainStructures());
        return out.toByteArray();
    }

    private void write(
            At at, Object namespace, Object key, BinaryWriter out, PlainStructures structures) {
        out.writeByte(at.domain());
        out.writeLong(at.timestampMs());
        if (namespaces != null) {
            namespaces.write(namespace, out, structures);
        }
        keys.write(key, out, structures);
    }

    @Override
    KeyRow then(KeyRow before, KeyRow after) {
        return after;
    }

    @Override
    void rows(int keyGroup, KeyRow row, RowSink sink) {
        At at = (At) row.content();
        Object[] one = new Object[namespaces == null ? 4 : 5];
        one[0] = keyGroup;
        one[1] = DOMAINS.get(at.domain());
        one[2] = at.timestampMs();
        one[3] = row.key();
        if (namespaces != null) {
            one[4] = row.namespace();
        }
        sink.write(one, keyGroup, row.bytes());
    }

    @Override
    void move(int keyGroup, BinaryReader in, PlainStructures structures, TableColumns columns) {
        columns.begin(structures);
        columns.put(0, keyGroup);
        columns.tree(1, DOMAINS.get(domain(in)));
        columns.put(2, in.readLong());
        if (namespaces != null) {
            columns.move(4, in);
        }
        columns.move(3, in);
        columns.end(in);
    }

    @Override
    boolean continues(Object[] before, Object[] row) {
        return false;
    }

    @Override
    boolean copyKey(StoredTableRows rows, BinaryWriter out, PlainStructures structures)
            throws IOException {
        int domain = rows.nameAt(1);
        if (domain < 0) {
            throw new CorruptDataException("a timer of a domain that is none of " + DOMAINS);
        }
        out.writeByte(domain);
        out.writeLong(rows.longAt(2));
        if (namespaces != null) {
            rows.copy(4, out, structures);
        }
        rows.copy(3, out, structures);
        return rows.next();
    }

    @Override
    void write(List<Object[]> rows, BinaryWriter out, PlainStructures structures) {
        Object[] row = rows.get(0);
        int domain = DOMAINS.indexOf(row[1]);
        if (domain < 0) {
            throw new CorruptDataException("a timer of domain " + row[1]);
        }
        At at = new At(domain, (Long) row[2]);
        write(at, namespaces == null ? null : row[4], row[3], out, structures);
    }
}
