package io.millrace.runtime.operator.window;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple4;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.LooksInside;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rows as tuples and lists of the program's own values, so that what is stored has a schema
 * like all other state. Immutable and thread-safe.
 *
 * <pre>
 * row := (fired through, cleared through, whether entries are windows, [(start, value)])
 * </pre>
 */
final class SliceRowSerializer extends Serializer<Object> implements LooksInside {
    private final Serializer<Object> stored;
    private final RowValues values;

    private SliceRowSerializer(Serializer<Object> stored, RowValues values) {
        this.stored = stored;
        this.values = values;
    }

    static SliceRowSerializer of(Serializer<Object> values, JobSerializers serializers) {
        Schema number = new Schema.ScalarOf(Scalar.LONG);
        Schema entries =
                new Schema.Sequence(
                        Schema.SequenceForm.LIST, WindowTables.stamped(values.schema()));
        Schema row =
                new Schema.Struct(
                        Schema.Form.TUPLE,
                        Tuple4.class,
                        List.of(
                                new Schema.Field("f0", true, number),
                                new Schema.Field("f1", true, number),
                                new Schema.Field("f2", true, new Schema.ScalarOf(Scalar.BOOLEAN)),
                                new Schema.Field("f3", true, entries)));
        return new SliceRowSerializer(serializers.ofSchema(row), new RowValues(values));
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        SliceRow row = (SliceRow) value;
        List<Object> entries = new ArrayList<>(row.size);
        for (int i = 0; i < row.size; i++) {
            entries.add(Tuple2.of(row.start(i), values.stored(row.value(i))));
        }
        stored.write(Tuple4.of(row.firedThrough, row.clearedThrough, row.whole, entries), out);
    }

    @Override
    @SuppressWarnings("unchecked") // what was written
    public Object read(BinaryReader in) {
        Tuple4<Long, Long, Boolean, List<Tuple2<Long, Object>>> tuple =
                (Tuple4<Long, Long, Boolean, List<Tuple2<Long, Object>>>) stored.read(in);
        SliceRow row = new SliceRow(tuple.f2, tuple.f3.size());
        row.firedThrough = tuple.f0;
        row.clearedThrough = tuple.f1;
        for (Tuple2<Long, Object> entry : tuple.f3) {
            row.insert(row.size, entry.f0, values.restored(entry.f1));
        }
        return row;
    }

    @Override
    public Serializer<Object> over(Serializer<Object> reader) {
        return new SliceRowSerializer(reader, values);
    }

    @Override
    public Object copy(Object value) {
        return ((SliceRow) value).copy(values.serializer());
    }

    @Override
    public int lookInto(Object value) {
        SliceRow row = (SliceRow) value;
        Object last = row.size == 0 ? null : row.value(row.size - 1);
        return last != null && last.getClass() == SliceRow.class ? 1 : 0;
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public Schema schema() {
        return stored.schema();
    }
}
