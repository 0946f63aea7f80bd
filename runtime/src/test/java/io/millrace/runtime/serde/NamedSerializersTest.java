package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.serialization.BooleanSerializer;
import io.millrace.api.serialization.ByteSerializer;
import io.millrace.api.serialization.CharSerializer;
import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.serialization.DoubleSerializer;
import io.millrace.api.serialization.FloatSerializer;
import io.millrace.api.serialization.IntSerializer;
import io.millrace.api.serialization.LongSerializer;
import io.millrace.api.serialization.ShortSerializer;
import io.millrace.api.serialization.StringSerializer;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.type.Types;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NamedSerializersTest {
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(BooleanSerializer.INSTANCE, true),
                Arguments.of(ByteSerializer.INSTANCE, (byte) 7),
                Arguments.of(ShortSerializer.INSTANCE, (short) 300),
                Arguments.of(IntSerializer.INSTANCE, 70_000),
                Arguments.of(LongSerializer.INSTANCE, 1L << 40),
                Arguments.of(FloatSerializer.INSTANCE, 1.5f),
                Arguments.of(DoubleSerializer.INSTANCE, 2.5),
                Arguments.of(CharSerializer.INSTANCE, 'x'),
                Arguments.of(StringSerializer.INSTANCE, "words"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void writesWhatItReads(TypeSerializer<Object> serializer, Object value) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(16);

        serializer.serialize(value, out);

        assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(value);
        assertThat(serializer.isImmutableType()).isTrue();
    }

    @Test
    void aStateOfThemHasATypedSchema() {
        var map =
                new MapStateDescriptor<>(
                        "counts", StringSerializer.INSTANCE, LongSerializer.INSTANCE);

        assertThat(map.typeInformation()).isEqualTo(Types.MAP(Types.STRING, Types.LONG));
    }
}
