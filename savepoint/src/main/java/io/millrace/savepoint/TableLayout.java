package io.millrace.savepoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connector.parquet.LeafBatches;
import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.connector.parquet.write.RowGroupColumns;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Written;
import io.millrace.runtime.serde.WrittenSchema;
import io.millrace.runtime.state.TableSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The columns of one table. A row is an array of values, one for each column but the last, {@code
 * raw}: the values of the program again, as bytes, in rows whose columns cannot hold them exactly.
 * Immutable; each file's reader and writer makes its own.
 *
 * <pre>
 * raw := for each column of the program, in order: is there, [value]
 * </pre>
 */
final class TableLayout {
    static final String KEY_GROUP = "key_group";
    static final String RAW = "raw";

    private static final int FIRST_BYTES = 256;

    /**
     * A column.
     *
     * @param written of a column of the program; null for the engine's own
     * @param values the same
     */
    private record Part(
            String name,
            Column column,
            Type.Repetition repetition,
            Written written,
            PlainValues values) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<Columns.Warning> warnings = new ArrayList<>();

    /** The columns behind the key group where each key has one row; else none. */
    private final List<FlatRows.Part> flat = new ArrayList<>();

    private int[] flatOrder; // in which those are in a row's bytes

    private TableLayout() {}

    /** {@code key_group, key, [namespace], [position | map_key], value}. */
    static TableLayout keyed(TableCodec codec) {
        TableLayout layout = new TableLayout();
        layout.own(KEY_GROUP, new ScalarColumn(Scalar.INT), true);
        layout.program("key", codec.form().keys());
        if (codec.form().namespaces() != null) {
            layout.program("namespace", codec.form().namespaces());
        }
        if (codec.form().shape() == TableSpec.Shape.LIST) {
            layout.own("position", new ScalarColumn(Scalar.INT), false);
        }
        if (codec.form().shape() == TableSpec.Shape.MAP) {
            layout.program("map_key", codec.form().mapKeys());
        }
        layout.program("value", codec.form().values());
        if (codec.form().shape() == TableSpec.Shape.VALUE) {
            layout.flat(codec.form().keys(), codec.form().namespaces(), codec.form().values());
        }
        return layout;
    }

    private void flat(WrittenSchema keys, WrittenSchema namespaces, WrittenSchema values) {
        flat.add(new FlatRows.Part(keys.root(), false));
        if (namespaces != null) {
            flat.add(new FlatRows.Part(namespaces.root(), false));
        }
        flat.add(new FlatRows.Part(values.root(), false));
        flatOrder = namespaces == null ? new int[] {0, 1} : new int[] {1, 0, 2};
    }

    /** {@code key_group, domain, timestamp_ms, key, [namespace]}. */
    static TableLayout timers(WrittenSchema keys, WrittenSchema namespaces) {
        TableLayout layout = new TableLayout();
        layout.own(KEY_GROUP, new ScalarColumn(Scalar.INT), true);
        layout.own("domain", new EnumColumn(TimersCodec.DOMAINS), true);
        layout.own("timestamp_ms", new ScalarColumn(Scalar.LONG), true);
        layout.program("key", keys);
        if (namespaces != null) {
            layout.program("namespace", namespaces);
        }
        return layout;
    }

    /** {@code subtask, position, [key], value}. */
    static TableLayout items(List<WrittenSchema> schemas) {
        TableLayout layout = new TableLayout();
        layout.own("subtask", new ScalarColumn(Scalar.INT), true);
        layout.own("position", new ScalarColumn(Scalar.INT), true);
        for (int i = 0; i < schemas.size(); i++) {
            boolean last = i == schemas.size() - 1;
            layout.program(last ? "value" : i == 0 ? "key" : "key_" + (i + 1), schemas.get(i));
        }
        return layout;
    }

    /** {@code subtask, position, content}: bytes that only their operator can read. */
    static TableLayout bytes(String reason) {
        TableLayout layout = new TableLayout();
        layout.own("subtask", new ScalarColumn(Scalar.INT), true);
        layout.own("position", new ScalarColumn(Scalar.INT), true);
        layout.own("content", new OpaqueColumn(null), true);
        layout.warnings.add(new Columns.Warning("content", reason));
        return layout;
    }

    /** {@code version, state}: where a source is. */
    static TableLayout enumerator() {
        TableLayout layout = new TableLayout();
        layout.own("version", new ScalarColumn(Scalar.INT), true);
        layout.own("state", new OpaqueColumn(null), true);
        layout.warnings.add(
                new Columns.Warning("state", "it is written by the source's own serializer"));
        return layout;
    }

    /** {@code subtask, checkpoint_id, version, committable}: what a sink has prepared. */
    static TableLayout committables() {
        TableLayout layout = new TableLayout();
        layout.own("subtask", new ScalarColumn(Scalar.INT), true);
        layout.own("checkpoint_id", new ScalarColumn(Scalar.LONG), true);
        layout.own("version", new ScalarColumn(Scalar.INT), true);
        layout.own("committable", new OpaqueColumn(null), true);
        layout.warnings.add(
                new Columns.Warning("committable", "it is written by the sink's own serializer"));
        return layout;
    }

    private void own(String name, Column column, boolean required) {
        parts.add(
                new Part(
                        name,
                        column,
                        required ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL,
                        null,
                        null));
    }

    private void program(String name, WrittenSchema schema) {
        Columns columns = new Columns();
        Column column = columns.of(name, schema.root());
        warnings.addAll(columns.warnings());
        parts.add(
                new Part(
                        name,
                        column,
                        Type.Repetition.OPTIONAL,
                        schema.root(),
                        PlainValues.of(schema.root())));
    }

    List<Columns.Warning> warnings() {
        return List.copyOf(warnings);
    }

    /** The names of all columns but {@code raw}, in order. */
    List<String> columns() {
        return parts.stream().map(Part::name).toList();
    }

    /** How many values a row has. */
    int width() {
        return parts.size();
    }

    /** What the values of a column were written as; null if it is the engine's own or not there. */
    Written formOf(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .map(Part::written)
                .orElse(null);
    }

    /** A row for people. */
    ObjectNode json(Object[] row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < row.length; i++) {
            Part part = parts.get(i);
            JsonNode value =
                    part.written() != null
                            ? PlainJson.of(part.written(), row[i])
                            : row[i] == null
                                    ? JsonNodeFactory.instance.nullNode()
                                    : PlainJson.scalar(row[i]);
            node.set(part.name(), value);
        }
        return node;
    }

    MessageType message() {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (Part part : parts) {
            message.addField(part.column().type(part.name(), part.repetition()));
        }
        message.addField(Types.optional(PrimitiveTypeName.BINARY).named(RAW));
        return message.named("state");
    }

    /** Where rows go in a row group, of a file of this layout. */
    TableColumns columns(RowGroupColumns group) {
        return new TableColumns(this, group);
    }

    /** The same for many rows at a time; null if they are taken one by one. */
    FlatRows flatRows(RowGroupColumns group) {
        return flat.isEmpty() ? null : FlatRows.of(group, flat, flatOrder);
    }

    /** Where the values of each column go; {@code raw} comes behind them. */
    List<ColumnOutput> outputs(RowOutput row, Iterator<LeafColumn> leaves) {
        Place required = new Place(row, leaves, 0, 0);
        List<ColumnOutput> outputs = new ArrayList<>();
        for (Part part : parts) {
            boolean optional = part.repetition() == Type.Repetition.OPTIONAL;
            outputs.add(part.column().output(optional ? required.optional() : required));
        }
        return outputs;
    }

    /** Where the values of each column come from; {@code raw} comes behind them. */
    List<ColumnInput> inputs(Iterator<LeafBatches.Leaf> leaves) {
        ColumnInput.From required = new ColumnInput.From(leaves, 0);
        List<ColumnInput> inputs = new ArrayList<>();
        for (Part part : parts) {
            boolean optional = part.repetition() == Type.Repetition.OPTIONAL;
            inputs.add(part.column().input(optional ? required.optional() : required));
        }
        return inputs;
    }

    /** The values of a column as trees; null if it is the engine's own. */
    PlainValues trees(int column) {
        return parts.get(column).values();
    }

    byte[] raw(Object[] row) {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        PlainStructures structures = new PlainStructures();
        for (int i = 0; i < row.length; i++) {
            PlainValues values = parts.get(i).values();
            if (values != null) {
                out.writeBoolean(row[i] != null);
                if (row[i] != null) {
                    values.write(row[i], out, structures);
                }
            }
        }
        return out.toByteArray();
    }

    /** Sets the values of the program that are in {@code raw}. */
    void overwrite(Object[] row, byte[] raw) {
        BinaryReader in = new BinaryReader(raw);
        PlainStructures structures = new PlainStructures();
        for (int i = 0; i < row.length; i++) {
            PlainValues values = parts.get(i).values();
            if (values != null) {
                row[i] = in.readBoolean() ? values.read(in, structures) : null;
            }
        }
        if (in.remaining() != 0) {
            throw new CorruptDataException(in.remaining() + " bytes too many in " + RAW);
        }
    }

    /** Makes the rows of one file. */
    RecordMaterializer<Object[]> materializer() {
        return new Rows();
    }

    private final class Rows extends RecordMaterializer<Object[]> {
        private final Row row = new Row();

        @Override
        public Object[] getCurrentRecord() {
            return row.values;
        }

        @Override
        public GroupConverter getRootConverter() {
            return row;
        }
    }

    private final class Row extends GroupConverter {
        private final Converter[] converters = new Converter[parts.size() + 1];
        private Object[] values;
        private byte[] raw;

        Row() {
            for (int i = 0; i < parts.size(); i++) {
                int part = i;
                converters[i] = parts.get(i).column().converter(value -> values[part] = value);
            }
            converters[parts.size()] =
                    new OpaqueColumn(null).converter(value -> raw = (byte[]) value);
        }

        @Override
        public Converter getConverter(int field) {
            return converters[field];
        }

        @Override
        public void start() {
            values = new Object[parts.size()];
            raw = null;
        }

        @Override
        public void end() {
            if (raw != null) {
                overwrite(values, raw);
            }
        }
    }
}
