package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.MemorySegment;
import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.BooleanValue;
import io.millrace.api.type.ByteValue;
import io.millrace.api.type.CharValue;
import io.millrace.api.type.DoubleValue;
import io.millrace.api.type.FloatValue;
import io.millrace.api.type.IntValue;
import io.millrace.api.type.JavaToValueConverter;
import io.millrace.api.type.LongValue;
import io.millrace.api.type.NormalizableKey;
import io.millrace.api.type.NullValue;
import io.millrace.api.type.ShortValue;
import io.millrace.api.type.StringValue;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.type.Value;
import io.millrace.api.type.ValueTypeInfo;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that write themselves, as older programs have them. */
class ValueTypesTest {
    private static final ClassLoader LOADER = ValueTypesTest.class.getClassLoader();

    public static final class Point implements Value {
        private static final long serialVersionUID = 1L;

        private transient int x;

        public Point() {}

        Point(int x) {
            this.x = x;
        }

        @Override
        public void write(DataOutputView out) throws IOException {
            out.writeInt(x);
        }

        @Override
        public void read(DataInputView in) throws IOException {
            x = in.readInt();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Point that && x == that.x;
        }

        @Override
        public int hashCode() {
            return x;
        }
    }

    static Stream<Value> values() {
        return Stream.of(
                new BooleanValue(true),
                new ByteValue((byte) -1),
                new CharValue('x'),
                new DoubleValue(1.5),
                new FloatValue(-2.5f),
                new IntValue(-3),
                new LongValue(1L << 50),
                NullValue.getInstance(),
                new ShortValue((short) 9),
                new StringValue("text \u00e4"),
                new Point(7));
    }

    @ParameterizedTest
    @MethodSource("values")
    @SuppressWarnings("unchecked")
    void writeThemselves(Value value) throws IOException {
        TypeInformation<Value> type = (TypeInformation<Value>) TypeInformation.of(value.getClass());
        assertThat(type).isInstanceOf(ValueTypeInfo.class);
        TypeSerializer<Value> serializer = type.createSerializer(new SerializerSettings());
        assertThat(TypeSerializers.roundTrip(serializer, value)).isEqualTo(value);
        assertThat(serializer.copy(value)).isEqualTo(value);

        Serializer<Object> open = Serializers.of(null, LOADER);
        BinaryWriter out = new BinaryWriter(16);
        open.write(Tuple2.of(value, 1), out);
        assertThat(new BinaryReader(out.toByteArray()).readWhole(open))
                .isEqualTo(Tuple2.of(value, 1));
    }

    @ParameterizedTest
    @MethodSource("values")
    void areMadeFromBoxedValuesAndBack(Value value) {
        if (value instanceof Point) {
            assertThatThrownBy(() -> JavaToValueConverter.convertValueType(value))
                    .isInstanceOf(IllegalArgumentException.class);
        } else if (!(value instanceof NullValue)) {
            Object boxed = JavaToValueConverter.convertValueType(value);
            assertThat(JavaToValueConverter.convertBoxedJavaType(boxed)).isEqualTo(value);
        }
    }

    @Test
    void haveKeysInTheirOrder() {
        assertOrder(new IntValue(-5), new IntValue(3));
        assertOrder(new LongValue(Long.MIN_VALUE), new LongValue(-1));
        assertOrder(new ShortValue((short) -1), new ShortValue((short) 0));
        assertOrder(new BooleanValue(false), new BooleanValue(true));
        assertOrder(new CharValue('a'), new CharValue('\uffff'));
        assertOrder(new StringValue("a"), new StringValue("ab"));
    }

    private static <T> void assertOrder(NormalizableKey<T> smaller, NormalizableKey<T> larger) {
        MemorySegment first = MemorySegment.wrap(new byte[12]);
        MemorySegment second = MemorySegment.wrap(new byte[12]);
        smaller.copyNormalizedKey(first, 0, 12);
        larger.copyNormalizedKey(second, 0, 12);
        assertThat(first.compare(second, 0, 0, 12)).as("%s < %s", smaller, larger).isNegative();
    }

    @Test
    void areCompared() {
        TypeComparator<IntValue> comparator =
                ValueTypeInfo.INT_VALUE_TYPE_INFO.createComparator(true, null);
        IntValue reference = new IntValue(3);
        comparator.setReference(reference);
        reference.setValue(4);
        assertThat(comparator.equalToReference(new IntValue(3))).isTrue();
        assertThat(new ValueTypeInfo<>(Point.class).isKeyType()).isFalse();
        assertThat(Types.VALUE(IntValue.class)).isEqualTo(ValueTypeInfo.INT_VALUE_TYPE_INFO);
    }
}
