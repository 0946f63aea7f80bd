package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Either;
import io.millrace.api.type.GenericTypeInfo;
import io.millrace.api.type.LocalTimeTypeInfo;
import io.millrace.api.type.MultisetTypeInfo;
import io.millrace.api.type.NullableListTypeInfo;
import io.millrace.api.type.Row;
import io.millrace.api.type.RowKind;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The serializers that {@code TypeInformation.createSerializer} gives to programs. */
class ProgramSerializersTest {
    private static final SerializerSettings SETTINGS = new SerializerSettings();

    private static Row hybrid() {
        Row row = Row.withNames(RowKind.UPDATE_AFTER);
        row.setField("b", "x");
        return row;
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(Types.STRING, "text", -1, ""),
                Arguments.of(Types.INT, -3, 4, 0),
                Arguments.of(Types.LONG, 1L << 40, 8, 0L),
                Arguments.of(Types.BOOLEAN, true, 1, false),
                Arguments.of(Types.CHAR, 'x', 2, (char) 0),
                Arguments.of(Types.DOUBLE, 0.5, 8, 0.0),
                Arguments.of(Types.BIG_DEC, new BigDecimal("1.50"), -1, BigDecimal.ZERO),
                Arguments.of(
                        LocalTimeTypeInfo.LOCAL_DATE,
                        LocalDate.of(2026, 2, 3),
                        -1,
                        LocalDate.EPOCH),
                Arguments.of(Types.PRIMITIVE_ARRAY(Types.INT), new int[] {1, 2}, -1, new int[0]),
                Arguments.of(
                        TypeInformation.of(String[].class),
                        new String[] {"a", null},
                        -1,
                        new String[0]),
                Arguments.of(
                        Types.TUPLE(Types.INT, Types.STRING),
                        Tuple2.of(1, "a"),
                        -1,
                        Tuple2.of(0, "")),
                Arguments.of(Types.LIST(Types.INT), Arrays.asList(1, null), -1, List.of()),
                Arguments.of(Types.SET(Types.INT), Set.of(1), -1, Set.of()),
                Arguments.of(Types.MAP(Types.INT, Types.STRING), Map.of(1, "a"), -1, Map.of()),
                Arguments.of(new MultisetTypeInfo<>(Types.STRING), Map.of("a", 2), -1, Map.of()),
                Arguments.of(new NullableListTypeInfo<>(Types.INT), null, -1, List.of()),
                Arguments.of(
                        Types.ENUM(Samples.Colour.class),
                        Samples.Colour.GREEN,
                        -1,
                        Samples.Colour.RED),
                Arguments.of(Types.EITHER(Types.INT, Types.STRING), Either.Right("a"), -1, null),
                Arguments.of(
                        Types.ROW_NAMED(new String[] {"a", "b"}, Types.INT, Types.STRING),
                        hybrid(),
                        -1,
                        new Row(2)),
                Arguments.of(
                        Types.GENERIC(Row.class),
                        Row.of(1, "a", Row.ofKind(RowKind.DELETE, 2.5), null),
                        -1,
                        new Row(0)),
                Arguments.of(
                        TypeInformation.of(Samples.Circle.class),
                        new Samples.Circle(1.5),
                        -1,
                        new Samples.Circle(0)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void takeValuesThroughBytes(
            TypeInformation<Object> type, Object value, int length, Object empty) throws Exception {
        TypeSerializer<Object> serializer = type.createSerializer(SETTINGS);
        assertThat(TypeSerializers.roundTrip(serializer, value)).isEqualTo(value);
        assertThat(serializer.copy(value)).isEqualTo(value);
        assertThat(serializer.getLength()).isEqualTo(length);
        assertThat(serializer.createInstance()).isEqualTo(empty);
        assertThat(serializer).isEqualTo(type.createSerializer(SETTINGS));
        assertThat(javaRoundTrip(serializer)).isEqualTo(serializer);
        assertThat(TypeSerializers.roundTrip(javaRoundTrip(serializer), value)).isEqualTo(value);
    }

    @SuppressWarnings("unchecked")
    private static <T> T javaRoundTrip(T value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return (T)
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    @ParameterizedTest
    @MethodSource("values")
    void areReadBackByTheirStoredSnapshot(
            TypeInformation<Object> type, Object value, int length, Object empty) throws Exception {
        TypeSerializer<Object> serializer = type.createSerializer(SETTINGS);
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        TypeSerializerSnapshot<Object> stored =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(stored)
                                .isCompatibleAsIs())
                .isTrue();
        byte[] bytes = TypeSerializers.write(serializer, value);
        assertThat(stored.restoreSerializer().deserialize(new DataInputDeserializer(bytes)))
                .isEqualTo(value);
    }

    @Test
    void sayWhetherTheyReadOlderData() {
        TypeSerializerSnapshot<Object> shorter = snapshot(Types.TUPLE(Types.INT, Types.STRING));
        TypeSerializerSnapshot<Object> wider = snapshot(Types.TUPLE(Types.LONG, Types.STRING));
        TypeSerializerSnapshot<Object> other = snapshot(Types.TUPLE(Types.STRING, Types.STRING));
        assertThat(wider.resolveSchemaCompatibility(shorter).isCompatibleAfterMigration()).isTrue();
        assertThat(shorter.resolveSchemaCompatibility(wider).isIncompatible()).isTrue();
        assertThat(other.resolveSchemaCompatibility(shorter).isIncompatible()).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static TypeSerializerSnapshot<Object> snapshot(TypeInformation<?> type) {
        return ((TypeInformation<Object>) type).createSerializer(SETTINGS).snapshotConfiguration();
    }

    @Test
    void giveRowsNamesAndPositions() throws Exception {
        TypeSerializer<Row> serializer =
                Types.ROW_NAMED(new String[] {"a", "b"}, Types.INT, Types.STRING)
                        .createSerializer(SETTINGS);
        Row read = TypeSerializers.roundTrip(serializer, hybrid());
        assertThat(read.getKind()).isEqualTo(RowKind.UPDATE_AFTER);
        assertThat(read.<Object>getFieldAs("b")).isEqualTo("x");
        assertThat(read.<Object>getFieldAs(1)).isEqualTo("x");
    }

    @Test
    void refuseRowsOfAnotherShape() {
        TypeSerializer<Row> serializer =
                Types.ROW_NAMED(new String[] {"a", "b"}, Types.INT, Types.STRING)
                        .createSerializer(SETTINGS);
        Row strange = Row.withNames();
        strange.setField("zz", 1);
        assertThatThrownBy(() -> TypeSerializers.write(serializer, strange))
                .hasMessageContaining("zz")
                .hasMessageContaining("[a, b]");
        assertThatThrownBy(() -> TypeSerializers.write(serializer, Row.of(1)))
                .hasMessageContaining("1 fields")
                .hasMessageContaining("2");
    }

    @Test
    void copyDeeply() {
        TypeSerializer<Row> serializer =
                Types.ROW(Types.PRIMITIVE_ARRAY(Types.INT)).createSerializer(SETTINGS);
        Row row = Row.of(new int[] {1});
        Row copy = serializer.copy(row);
        row.<int[]>getFieldAs(0)[0] = 2;
        assertThat(copy).isEqualTo(Row.of(new int[] {1}));
    }

    @Test
    void refuseGenericTypesWhereTheyAreDisabled() {
        SerializerSettings strict = new SerializerSettings();
        strict.setGenericTypes(false);
        assertThatThrownBy(() -> new GenericTypeInfo<>(Random.class).createSerializer(strict))
                .hasMessageContaining("java.util.Random")
                .hasMessageContaining("generic-types");
    }

    @Test
    void endAtADamagedLength() {
        TypeSerializer<String> serializer = Types.STRING.createSerializer(SETTINGS);
        byte[] bytes = {0x7f, 0x7f, 0x7f, 0x7f, 1, 2, 3};
        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(java.io.EOFException.class);
    }
}
