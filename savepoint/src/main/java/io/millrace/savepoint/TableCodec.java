package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.PlainValues.Pair;
import io.millrace.runtime.serde.Written;
import io.millrace.runtime.serde.WrittenSchema;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSpec.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of {@link TableForm}. Immutable. */
final class TableCodec extends KeyedForm {
    private static final int FIRST_BYTES = 64;

    private final TableForm form;
    private final PlainValues keys;
    private final PlainValues namespaces;
    private final PlainValues mapKeys;
    private final PlainValues values;

    /** Where the columns are in a row; the position or map key is before the value, if any. */
    private final int valueAt;

    TableCodec(TableForm form) {
        this.form = form;
        this.keys = plain(form.keys());
        this.namespaces = plain(form.namespaces());
        this.mapKeys = plain(form.mapKeys());
        this.values = plain(form.values());
        this.valueAt = 2 + (namespaces == null ? 0 : 1) + (form.shape() == Shape.VALUE ? 0 : 1);
    }

    private static PlainValues plain(WrittenSchema schema) {
        return schema == null ? null : PlainValues.of(schema.root());
    }

    TableForm form() {
        return form;
    }

    @Override
    Written keyForm() {
        return form.keys().root();
    }

    @Override
    TableLayout layout() {
        return TableLayout.keyed(this);
    }

    @Override
    KeyRow readRemoved(BinaryReader in, PlainStructures structures) {
        int start = in.position();
        Object namespace = namespaces == null ? null : namespaces.read(in, structures);
        Object key = keys.read(in, structures);
        return new KeyRow(namespace, key, null, false, List.of(), in.position() - start);
    }

    @Override
    KeyRow read(BinaryReader in, PlainStructures structures) {
        int start = in.position();
        Object namespace = namespaces == null ? null : namespaces.read(in, structures);
        Object key = keys.read(in, structures);
        boolean changes = false;
        List<Object> removed = List.of();
        Object content =
                switch (form.shape()) {
                    case VALUE -> values.read(in, structures);
                    case LIST -> all(values, in, structures);
                    case MAP -> {
                        changes = in.readByte() != 0;
                        if (changes) {
                            removed = all(mapKeys, in, structures);
                        }
                        List<Object> pairs = new ArrayList<>();
                        for (int left = count(in); left > 0; left--) {
                            Object mapKey = mapKeys.read(in, structures);
                            boolean there = in.readBoolean();
                            pairs.add(new Pair(mapKey, there ? values.read(in, structures) : null));
                        }
                        yield pairs;
                    }
                };
        return new KeyRow(namespace, key, content, changes, removed, in.position() - start);
    }

    private static List<Object> all(PlainValues each, BinaryReader in, PlainStructures structures) {
        List<Object> all = new ArrayList<>();
        for (int left = count(in); left > 0; left--) {
            all.add(each.read(in, structures));
        }
        return all;
    }

    private static int count(BinaryReader in) {
        int count = in.readInt();
        if (count < 0 || count > in.remaining()) {
            throw new CorruptDataException(
                    count + " elements with " + in.remaining() + " bytes left");
        }
        return count;
    }

    @Override
    byte[] identity(KeyRow row) {
        return identity(row.namespace(), row.key());
    }

    private byte[] identity(Object namespace, Object key) {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        PlainStructures structures = new PlainStructures();
        if (namespaces != null) {
            namespaces.write(namespace, out, structures);
        }
        keys.write(key, out, structures);
        return out.toByteArray();
    }

    @Override
    KeyRow then(KeyRow before, KeyRow after) {
        if (before == null || !after.changes()) {
            return after;
        }
        Map<ByteBuffer, Object> entries = new LinkedHashMap<>();
        for (Object pair : (List<?>) before.content()) {
            entries.put(mapKey(((Pair) pair).key()), pair);
        }
        after.removed().forEach(key -> entries.remove(mapKey(key)));
        for (Object pair : (List<?>) after.content()) {
            entries.put(mapKey(((Pair) pair).key()), pair);
        }
        return new KeyRow(
                before.namespace(),
                before.key(),
                new ArrayList<>(entries.values()),
                before.changes(),
                List.of(),
                before.bytes() + after.bytes());
    }

    private ByteBuffer mapKey(Object key) {
        return ByteBuffer.wrap(mapKeys.toBytes(key));
    }

    @Override
    void rows(int keyGroup, KeyRow row, RowSink sink) {
        switch (form.shape()) {
            case VALUE -> {
                Object[] one = row(keyGroup, row);
                one[valueAt] = row.content();
                sink.write(one, keyGroup, row.bytes());
            }
            case LIST -> {
                List<?> elements = (List<?>) row.content();
                if (elements.isEmpty()) {
                    sink.write(row(keyGroup, row), keyGroup, row.bytes());
                }
                for (int i = 0; i < elements.size(); i++) {
                    Object[] one = row(keyGroup, row);
                    one[valueAt - 1] = i;
                    one[valueAt] = elements.get(i);
                    sink.write(one, keyGroup, row.bytes() / elements.size() + 1);
                }
            }
            case MAP -> {
                List<?> pairs = (List<?>) row.content();
                for (Object each : pairs) {
                    Object[] one = row(keyGroup, row);
                    one[valueAt - 1] = ((Pair) each).key();
                    one[valueAt] = ((Pair) each).value();
                    sink.write(one, keyGroup, row.bytes() / pairs.size() + 1);
                }
            }
        }
    }

    @Override
    void move(int keyGroup, BinaryReader in, PlainStructures structures, TableColumns columns) {
        switch (form.shape()) {
            case VALUE -> {
                columns.begin(structures);
                columns.put(0, keyGroup);
                if (namespaces != null) {
                    columns.move(2, in);
                }
                columns.move(1, in);
                columns.move(valueAt, in);
                columns.end(in);
            }
            case LIST -> moveList(keyGroup, in, structures, columns);
            case MAP -> moveMap(keyGroup, in, structures, columns);
        }
    }

    private void moveList(
            int keyGroup, BinaryReader in, PlainStructures structures, TableColumns columns) {
        Object namespace = namespaces == null ? null : namespaces.read(in, structures);
        Object key = keys.read(in, structures);
        int count = count(in);
        for (int i = 0; i < count; i++) {
            begin(keyGroup, namespace, key, structures, columns);
            columns.put(valueAt - 1, i);
            columns.move(valueAt, in);
            columns.end(in);
        }
        if (count == 0) {
            begin(keyGroup, namespace, key, structures, columns);
            columns.tree(valueAt - 1, null);
            columns.tree(valueAt, null);
            columns.end(in);
        }
    }

    private void moveMap(
            int keyGroup, BinaryReader in, PlainStructures structures, TableColumns columns) {
        Object namespace = namespaces == null ? null : namespaces.read(in, structures);
        Object key = keys.read(in, structures);
        if (in.readByte() != 0) {
            all(mapKeys, in, structures); // nothing was before
        }
        for (int left = count(in); left > 0; left--) {
            begin(keyGroup, namespace, key, structures, columns);
            columns.move(valueAt - 1, in);
            if (in.readBoolean()) {
                columns.move(valueAt, in);
            } else {
                columns.tree(valueAt, null);
            }
            columns.end(in);
        }
    }

    private void begin(
            int keyGroup,
            Object namespace,
            Object key,
            PlainStructures structures,
            TableColumns columns) {
        columns.begin(structures);
        columns.put(0, keyGroup);
        columns.tree(1, key);
        if (namespaces != null) {
            columns.tree(2, namespace);
        }
    }

    private Object[] row(int keyGroup, KeyRow row) {
        Object[] one = new Object[valueAt + 1];
        one[0] = keyGroup;
        one[1] = row.key();
        if (namespaces != null) {
            one[2] = row.namespace();
        }
        return one;
    }

    @Override
    boolean continues(Object[] before, Object[] row) {
        return switch (form.shape()) {
            case VALUE -> false;
            case LIST -> row[valueAt - 1] != null && (Integer) row[valueAt - 1] > 0;
            case MAP ->
                    before[0].equals(row[0])
                            && Arrays.equals(
                                    identity(namespaceOf(before), before[1]),
                                    identity(namespaceOf(row), row[1]));
        };
    }

    @Override
    boolean copyKey(StoredTableRows rows, BinaryWriter out, PlainStructures structures)
            throws IOException {
        copyKeyOf(rows, out, structures);
        return switch (form.shape()) {
            case VALUE -> {
                rows.copy(valueAt, out, structures);
                yield rows.next();
            }
            case LIST -> copyList(rows, out, structures);
            case MAP -> copyMap(rows, out, structures);
        };
    }

    private void copyKeyOf(StoredTableRows rows, BinaryWriter out, PlainStructures structures) {
        if (namespaces != null) {
            rows.copy(2, out, structures);
        }
        rows.copy(1, out, structures);
    }

    private boolean copyList(StoredTableRows rows, BinaryWriter out, PlainStructures structures)
            throws IOException {
        int countAt = out.size();
        out.writeInt(0);
        if (!rows.isThere(valueAt - 1)) {
            return rows.next();
        }
        int count = 0;
        boolean more = true;
        while (more && (count == 0 || isContinued(rows))) {
            requirePosition(rows.intAt(valueAt - 1), count);
            rows.copy(valueAt, out, structures);
            count++;
            more = rows.next();
        }
        out.putInt(countAt, count);
        return more;
    }

    private boolean isContinued(StoredTableRows rows) {
        return rows.isThere(valueAt - 1) && rows.intAt(valueAt - 1) > 0;
    }

    private static void requirePosition(int position, int others) {
        if (position != others) {
            throw new CorruptDataException(
                    "element " + position + " of a list is behind " + others + " others");
        }
    }

    private boolean copyMap(StoredTableRows rows, BinaryWriter out, PlainStructures structures)
            throws IOException {
        out.writeByte(0);
        int countAt = out.size();
        out.writeInt(0);
        byte[] key = identity(rows);
        int keyGroup = rows.intAt(0);
        int count = 0;
        boolean more = true;
        while (more
                && (count == 0
                        || keyGroup == rows.intAt(0) && Arrays.equals(key, identity(rows)))) {
            rows.copy(valueAt - 1, out, structures);
            boolean there = rows.isThere(valueAt);
            out.writeBoolean(there);
            if (there) {
                rows.copy(valueAt, out, structures);
            }
            count++;
            more = rows.next();
        }
        out.putInt(countAt, count);
        return more;
    }

    private byte[] identity(StoredTableRows rows) {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        copyKeyOf(rows, out, new PlainStructures());
        return out.toByteArray();
    }

    private Object namespaceOf(Object[] row) {
        return namespaces == null ? null : row[2];
    }

    @Override
    void write(List<Object[]> rows, BinaryWriter out, PlainStructures structures) {
        Object[] first = rows.get(0);
        if (namespaces != null) {
            namespaces.write(first[2], out, structures);
        }
        keys.write(first[1], out, structures);
        switch (form.shape()) {
            case VALUE -> values.write(first[valueAt], out, structures);
            case LIST -> {
                boolean empty = first[valueAt - 1] == null;
                out.writeInt(empty ? 0 : rows.size());
                for (int i = 0; i < rows.size() && !empty; i++) {
                    requirePosition((Integer) rows.get(i)[valueAt - 1], i);
                    values.write(rows.get(i)[valueAt], out, structures);
                }
            }
            case MAP -> {
                out.writeByte(0);
                out.writeInt(rows.size());
                for (Object[] row : rows) {
                    mapKeys.write(row[valueAt - 1], out, structures);
                    out.writeBoolean(row[valueAt] != null);
                    if (row[valueAt] != null) {
                        values.write(row[valueAt], out, structures);
                    }
                }
            }
        }
    }
}
