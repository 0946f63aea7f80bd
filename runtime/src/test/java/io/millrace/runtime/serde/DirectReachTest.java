package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.runtime.message.Message;
import io.millrace.runtime.message.ToWorker;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DirectReachTest {
    /** As a program may have it: what its accessor gives is not the component. */
    record Doubled(int number) {
        @Override
        public int number() {
            return 2 * number;
        }
    }

    /** Its fields are a program's, public and of a public class. */
    public static class Point {
        public int x;
        public String name;
    }

    /** One that nobody but its own code may set. */
    public static class Closed {
        private int x;

        static Closed of(int x) {
            Closed made = new Closed();
            made.x = x;
            return made;
        }
    }

    private static final Serializer<Object> TUPLES =
            Serializers.of(
                    Types.TUPLE(Types.STRING, Types.LONG), DirectReachTest.class.getClassLoader());

    private static StructReach reach(Schema schema) {
        return DirectReach.of((Schema.Struct) schema);
    }

    private static Object throughBytes(Serializer<Object> serializer, Object value) {
        BinaryWriter out = new BinaryWriter(64);
        serializer.write(value, out);
        return new BinaryReader(out.toByteArray()).readWhole(serializer);
    }

    @Test
    void tuplesAndOpenClassesAndOurOwnMessagesNeedNoHandles() {
        assertThat(reach(TUPLES.schema())).isNotNull();
        assertThat(reach(ReflectedSchema.of(ToWorker.Welcome.class))).isNotNull();
        List<Schema.Struct> messages = structs(ReflectedSchema.of(Message.class)).toList();
        assertThat(messages).hasSizeGreaterThan(10);
        for (Schema.Struct message : messages) {
            assertThat(reach(message)).as(message.type().getName()).isNotNull();
        }
    }

    private static Stream<Schema.Struct> structs(Schema schema) {
        return schema instanceof Schema.Union union
                ? union.cases().stream().flatMap(DirectReachTest::structs)
                : Stream.of((Schema.Struct) schema);
    }

    @Test
    void tuplesAndOpenClassesAreTheSameAgain() {
        assertThat(throughBytes(TUPLES, Tuple2.of("a", 7L))).isEqualTo(Tuple2.of("a", 7L));
        assertThat(throughBytes(TUPLES, Tuple2.of(null, null))).isEqualTo(Tuple2.of(null, null));
        assertThat(TUPLES.copy(Tuple2.of("b", 8L))).isEqualTo(Tuple2.of("b", 8L));

        Serializer<Object> points = Serializers.of(Types.POJO(Point.class), null);
        Point point = new Point();
        point.x = 3;
        point.name = "here";
        assertThat(throughBytes(points, point)).usingRecursiveComparison().isEqualTo(point);
        assertThat(points.copy(point)).usingRecursiveComparison().isEqualTo(point);
    }

    @Test
    void aFieldThatHoldsSomethingElseThanItsTypeSaysIsNoticed() {
        BinaryWriter out = new BinaryWriter(64);
        assertThatThrownBy(() -> TUPLES.write(Tuple2.of(List.of("no text"), 7L), out))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void aProgramsRecordsAndClosedClassesAreReachedByTheirFields() {
        Serializer<Doubled> doubled = Serializers.ofSealed(Doubled.class);
        assertThat(reach(doubled.schema())).isNull();
        BinaryWriter out = new BinaryWriter(64);
        doubled.write(new Doubled(4), out);
        Doubled read = new BinaryReader(out.toByteArray()).readWhole(doubled);
        assertThat(read.number()).as("doubled once").isEqualTo(8);

        Serializer<Object> closed = Serializers.of(Types.GENERIC(Closed.class), null);
        Closed value = Closed.of(5);
        assertThat(throughBytes(closed, value)).usingRecursiveComparison().isEqualTo(value);
    }
}
