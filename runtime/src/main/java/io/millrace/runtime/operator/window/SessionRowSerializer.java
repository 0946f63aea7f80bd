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
 * Writes rows of sessions as tuples and lists of the program's own values. Immutable and
 * thread-safe.
 *
 * <pre>
 * row := (when it is looked at, [(start, end, fired, value)])
 * </pre>
 */
final class SessionRowSerializer extends Serializer<Object> implements LooksInside {
    private final Serializer<Object> stored;
    private final RowValues values;

    private SessionRowSerializer(Serializer<Object> stored, RowValues values) {
        this.stored = stored;
        this.values = values;
    }

    static SessionRowSerializer of(Serializer<Object> values, JobSerializers serializers) {
        Schema number = new Schema.ScalarOf(Scalar.LONG);
        Schema session =
                new Schema.Struct(
                        Schema.Form.TUPLE,
                        Tuple4.class,
                        List.of(
                                new Schema.Field("f0", true, number),
                                new Schema.Field("f1", true, number),
                                new Schema.Field("f2", true, new Schema.ScalarOf(Scalar.BOOLEAN)),
                                new Schema.Field("f3", true, values.schema())));
        Schema sessions = new Schema.Sequence(Schema.SequenceForm.LIST, session);
        return new SessionRowSerializer(
                serializers.ofSchema(WindowTables.stamped(sessions)), new RowValues(values));
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        SessionRow row = (SessionRow) value;
        List<Object> sessions = new ArrayList<>();
        for (SessionRow.Session each = row.first; each != null; each = each.next) {
            sessions.add(Tuple4.of(each.start, each.end, each.fired, values.stored(each.value)));
        }
        stored.write(Tuple2.of(row.scheduledMs, sessions), out);
    }

    @Override
    @SuppressWarnings("unchecked") // what was written
    public Object read(BinaryReader in) {
        Tuple2<Long, List<Tuple4<Long, Long, Boolean, Object>>> tuple =
                (Tuple2<Long, List<Tuple4<Long, Long, Boolean, Object>>>) stored.read(in);
        SessionRow row = new SessionRow();
        row.scheduledMs = tuple.f0;
        SessionRow.Session last = null;
        for (Tuple4<Long, Long, Boolean, Object> each : tuple.f1) {
            SessionRow.Session made =
                    new SessionRow.Session(each.f0, each.f1, values.restored(each.f3));
            made.fired = each.f2;
            last = row.append(last, made);
        }
        return row;
    }

    @Override
    public Serializer<Object> over(Serializer<Object> reader) {
        return new SessionRowSerializer(reader, values);
    }

    @Override
    public Object copy(Object value) {
        return ((SessionRow) value).copy(values.serializer());
    }

    @Override
    public int lookInto(Object value) {
        SessionRow.Session first = ((SessionRow) value).first;
        Object open = first == null ? null : first.value;
        return open != null && open.getClass() == SessionRow.class ? 1 : 0;
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
