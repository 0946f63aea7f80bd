package io.millrace.savepoint;

import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.connector.parquet.write.RowGroupColumns;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Written;
import io.millrace.runtime.serde.WrittenFields;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes rows of a unit column by column, some hundred at a time: first it finds where their values
 * lie, then each leaf takes its own. For tables of one row a key whose values are scalars, names
 * and groups of those. Confined to the thread that writes the file.
 */
/* The same leaves get the same as from TableColumns, which takes rows one by one. Loops over one column are
 * short enough to be compiled early, and a value costs no call. */
final class FlatRows {
    private static final int FIRST_BYTES = 256;

    private final RowGroupColumns group;
    private final RowScan scan;
    private final LeafColumn keyGroups;
    private final List<FlatLeaf> leaves;
    private final LeafColumn raw;
    private final int[] begins; // slots: where program's columns begin, by columns
    private final int[] ends; // and end
    private final boolean[] inexact = new boolean[RowScan.ROWS];
    private final BinaryWriter rawBytes = new BinaryWriter(FIRST_BYTES);

    /**
     * A column behind that of the key group.
     *
     * @param written of its values
     * @param required whether it is the engine's own, and never absent
     */
    record Part(Written written, boolean required) {}

    private FlatRows(
            RowGroupColumns group, RowScan scan, List<FlatLeaf> leaves, int[] begins, int[] ends) {
        this.group = group;
        this.scan = scan;
        this.keyGroups = group.leaf(0);
        this.leaves = leaves;
        this.raw = group.leaf(group.leafCount() - 1);
        this.begins = begins;
        this.ends = ends;
    }

    /**
     * @param group of a table whose columns are the key group, the parts and {@code raw}
     * @param parts in the order of the columns
     * @param order the parts in the order of a row's bytes
     * @return null if rows of that form are not taken so
     */
    static FlatRows of(RowGroupColumns group, List<Part> parts, int... order) {
        Form form = new Form();
        int[] marks = new int[order.length + 1];
        for (int i = 0; i < order.length; i++) {
            marks[i] = form.steps.mark();
            Part part = parts.get(order[i]);
            List<Making> makings = new ArrayList<>();
            form.makings.add(makings);
            if (!form.add(part.written(), part.required() ? 0 : 1, makings)) {
                return null;
            }
        }
        marks[order.length] = form.steps.mark();
        int[] begins = new int[parts.size()];
        int[] ends = new int[parts.size()];
        Iterator<LeafColumn> columns =
                IntStream.range(1, group.leafCount()).mapToObj(group::leaf).iterator();
        RowScan scan = form.steps.build();
        List<FlatLeaf> leaves = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            int at = indexOf(part, order);
            begins[part] = parts.get(part).required() ? -1 : marks[at];
            ends[part] = marks[at + 1];
            form.makings.get(at).forEach(making -> leaves.add(making.of(columns, scan)));
        }
        return new FlatRows(group, scan, leaves, begins, ends);
    }

    private static int indexOf(int part, int[] order) {
        int at = 0;
        while (order[at] != part) {
            at++;
        }
        return at;
    }

    /**
     * Moves as many rows as it can.
     *
     * @param rows that a unit has from here on
     * @param in at the first one, behind the last one that was moved afterwards
     * @return how many were moved; 0 if the next row must be taken by itself
     */
    int move(int keyGroup, int rows, BinaryReader in) {
        byte[] bytes = in.array();
        int from = in.position();
        int end = from + in.remaining();
        int found = scan.find(bytes, from, end, rows);
        if (found == 0) {
            return 0;
        }
        keyGroups.addSameInt(0, keyGroup, found);
        Arrays.fill(inexact, 0, found, false);
        for (FlatLeaf leaf : leaves) {
            leaf.add(bytes, end, found, inexact);
        }
        addRaw(bytes, found);
        group.endRows(found);
        in.skip(scan.behind() - from);
        return found;
    }

    private void addRaw(byte[] bytes, int rows) {
        int exact = 0;
        for (int row = 0; row < rows; row++) {
            if (inexact[row]) {
                raw.addNulls(0, exact);
                exact = 0;
                addRawOf(bytes, row);
            } else {
                exact++;
            }
        }
        raw.addNulls(0, exact);
    }

    /** As {@link TableLayout} says. */
    private void addRawOf(byte[] bytes, int row) {
        rawBytes.clear();
        for (int i = 0; i < begins.length; i++) {
            if (begins[i] >= 0) {
                int from = scan.places(begins[i])[row];
                rawBytes.writeBoolean(true);
                rawBytes.writeBytes(bytes, from, scan.places(ends[i])[row] - from);
            }
        }
        raw.addBytes(0, 1, rawBytes.array(), 0, rawBytes.size());
    }

    /** Makes a leaf's output when all slots are known. */
    private interface Making {
        FlatLeaf of(Iterator<LeafColumn> columns, RowScan scan);
    }

    /** The steps and leaves of forms. Confined to one making. */
    private static final class Form {
        private final RowScan.Builder steps = new RowScan.Builder();
        private final List<List<Making>> makings = new ArrayList<>();
        private final ByteArrayOutputStream names = new ByteArrayOutputStream();

        /**
         * @param definition of a value that is there
         * @return false if such values are not found by a scan
         */
        boolean add(Written written, int definition, List<Making> to) {
            return switch (written.kind()) {
                case SCALAR -> scalar(((Written.ScalarOf) written).type(), definition, to);
                case ENUM -> {
                    to.add(name(((Written.EnumOf) written).constants(), definition));
                    yield true;
                }
                case STRUCT -> {
                    List<Written.Field> fields = ((Written.Struct) written).fields();
                    yield !fields.isEmpty() && fields(fields, definition, to);
                }
                case OPEN -> open((Written.Open) written, definition, to);
                case OPTIONAL -> {
                    int step = steps.beginOptional(steps.flag(), 0, ~definition);
                    boolean flat = add(((Written.OptionalOf) written).value(), definition + 1, to);
                    steps.endOptional(step);
                    yield flat;
                }
                default -> false;
            };
        }

        private boolean fields(List<Written.Field> fields, int definition, List<Making> to) {
            int number = -1;
            int bit = 0;
            for (int i = 0; i < fields.size(); i++) {
                if (i % WrittenFields.GROUP == 0) {
                    number = bits(fields, i);
                    bit = 0;
                }
                Written.Field field = fields.get(i);
                if (!field.nullable()) {
                    if (!add(field.written(), definition + 1, to)) {
                        return false;
                    }
                    continue;
                }
                int step = steps.beginOptional(number, bit++, ~definition);
                if (!add(field.written(), definition + 1, to)) {
                    return false;
                }
                steps.endOptional(step);
            }
            return true;
        }

        /** The presence bits that stand in front of a group of fields. */
        private int bits(List<Written.Field> fields, int from) {
            int to = Math.min(from + WrittenFields.GROUP, fields.size());
            int count = 0;
            for (Written.Field field : fields.subList(from, to)) {
                count += field.nullable() ? 1 : 0;
            }
            if (count == 0) {
                return -1;
            }
            return steps.bits(count <= 8 ? 1 : count <= 16 ? 2 : 4);
        }

        private boolean open(Written.Open open, int definition, List<Making> to) {
            int slot = steps.exact();
            boolean flat =
                    open.exact() instanceof Written.Struct struct
                            ? !struct.fields().isEmpty() && fields(struct.fields(), definition, to)
                            : add(open.exact(), definition + 1, to);
            // The column of subclasses stands behind those of the fields.
            to.add((columns, scan) -> FlatLeaf.nulls(columns.next(), definition, scan, slot));
            return flat;
        }

        private Making name(List<String> constants, int definition) {
            List<byte[]> all =
                    constants.stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
            int slot = steps.name(all);
            all.forEach(names::writeBytes);
            return (columns, scan) ->
                    FlatLeaf.bytes(columns.next(), definition, scan, slot, names.toByteArray());
        }

        private boolean scalar(Scalar scalar, int definition, List<Making> to) {
            switch (scalar) {
                case BOOLEAN -> {
                    RowScan.Slot at = steps.fixed(1);
                    to.add(
                            (columns, scan) ->
                                    FlatLeaf.booleans(columns.next(), definition, scan, at));
                }
                case BYTE -> ints(1, definition, to);
                case SHORT -> ints(Short.BYTES, definition, to);
                case INT, FLOAT -> ints(Integer.BYTES, definition, to);
                case LONG, DOUBLE, DATE, SQL_DATE, SQL_TIME -> {
                    RowScan.Slot at = steps.fixed(Long.BYTES);
                    to.add((columns, scan) -> FlatLeaf.longs(columns.next(), definition, scan, at));
                }
                case STRING, BYTES -> {
                    int slot = steps.text();
                    to.add(
                            (columns, scan) ->
                                    FlatLeaf.bytes(columns.next(), definition, scan, slot, null));
                }
                case BIG_DECIMAL -> moved(new DecimalColumn(), decimal(), definition, to);
                case CHAR -> moved(scalar, Character.BYTES, definition, to);
                case YEAR -> moved(scalar, Integer.BYTES, definition, to);
                case LOCAL_DATE, LOCAL_TIME -> moved(scalar, Long.BYTES, definition, to);
                case INSTANT, SQL_TIMESTAMP, DURATION ->
                        moved(scalar, Long.BYTES + Integer.BYTES, definition, to);
                case LOCAL_DATE_TIME, UUID -> moved(scalar, 2 * Long.BYTES, definition, to);
                case PERIOD -> moved(scalar, 3 * Integer.BYTES, definition, to);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void ints(int width, int definition, List<Making> to) {
            RowScan.Slot at = steps.fixed(width);
            to.add((columns, scan) -> FlatLeaf.ints(columns.next(), definition, scan, at, width));
        }

        private RowScan.Slot decimal() {
            return new RowScan.Slot(steps.decimal(), 0);
        }

        private void moved(Scalar scalar, int bytes, int definition, List<Making> to) {
            moved(new ScalarColumn(scalar), steps.fixed(bytes), definition, to);
        }

        private static void moved(Column column, RowScan.Slot at, int definition, List<Making> to) {
            to.add(
                    (columns, scan) -> {
                        RowOutput row = new RowOutput();
                        ColumnOutput output = column.output(new Place(row, columns, definition, 0));
                        return FlatLeaf.moved(output, row, scan, at);
                    });
        }
    }
}
