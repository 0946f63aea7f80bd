package io.millrace.runtime.operator;

import io.millrace.api.tuple.Tuple4;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;
import java.util.List;

/**
 * Writes {@link JoinSides} as a tuple of the left times, the left records, the right times and the
 * right records: so what is stored has the types of the program, and evolves as they do. Immutable
 * and thread-safe.
 */
final class JoinSidesSerializer extends Serializer<Object> {
    private final Serializer<Object> tuples;
    // Of the records of a side; null if they cannot change.
    private final Serializer<Object> leftCopier;
    private final Serializer<Object> rightCopier;

    private JoinSidesSerializer(
            Serializer<Object> tuples,
            Serializer<Object> leftCopier,
            Serializer<Object> rightCopier) {
        this.tuples = tuples;
        this.leftCopier = leftCopier;
        this.rightCopier = rightCopier;
    }

    static JoinSidesSerializer of(
            Serializer<Object> left, Serializer<Object> right, JobSerializers serializers) {
        Schema times = new Schema.ScalarOf(Scalar.LONGS);
        Schema.Struct tuple =
                new Schema.Struct(
                        Schema.Form.TUPLE,
                        Tuple4.class,
                        List.of(
                                new Schema.Field("f0", true, times),
                                new Schema.Field("f1", true, listOf(left)),
                                new Schema.Field("f2", true, times),
                                new Schema.Field("f3", true, listOf(right))));
        return new JoinSidesSerializer(
                serializers.ofSchema(tuple),
                left.immutable() ? null : left,
                right.immutable() ? null : right);
    }

    private static Schema listOf(Serializer<Object> records) {
        return new Schema.Sequence(Schema.SequenceForm.LIST, records.schema());
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        JoinSides sides = (JoinSides) value;
        tuples.write(
                Tuple4.of(
                        sides.left().times(),
                        sides.left().records(),
                        sides.right().times(),
                        sides.right().records()),
                out);
    }

    @Override
    @SuppressWarnings("unchecked") // as it was written
    public Object read(BinaryReader in) {
        Tuple4<long[], List<Object>, long[], List<Object>> tuple =
                (Tuple4<long[], List<Object>, long[], List<Object>>) tuples.read(in);
        return new JoinSides(JoinBuffer.of(tuple.f0, tuple.f1), JoinBuffer.of(tuple.f2, tuple.f3));
    }

    @Override
    public Serializer<Object> over(Serializer<Object> reader) {
        return new JoinSidesSerializer(reader, leftCopier, rightCopier);
    }

    @Override
    public Object copy(Object value) {
        JoinSides sides = (JoinSides) value;
        return new JoinSides(sides.left().copy(leftCopier), sides.right().copy(rightCopier));
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public Schema schema() {
        return tuples.schema();
    }
}
